using System;
using System.Collections.Generic;

namespace EnergyNode.Node.Admin;

/// <summary>The commands of one admin port, ordered by palette and name. Complete before the server starts.</summary>
public sealed class AdminRegistry
{
    /// <summary>The word that is answered by the server itself and can be no palette.</summary>
    public const string HelpWord = "help";

    private readonly SortedDictionary<string, AdminCommand> commands = new(StringComparer.Ordinal);

    public IReadOnlyCollection<AdminCommand> Commands => commands.Values;

    /// <summary>Adds one command and returns this, so that wiring reads as a list.</summary>
    /// <exception cref="ArgumentException">The name is taken or reserved.</exception>
    public AdminRegistry Add(AdminCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.Palette == HelpWord || !commands.TryAdd(command.FullName, command))
        {
            throw new ArgumentException($"the admin command '{command.FullName}' is taken", nameof(command));
        }

        return this;
    }

    internal AdminCommand? Find(string fullName) => commands.GetValueOrDefault(fullName);
}
