using System;
using System.Collections.Generic;

namespace EnergyNode.Node.Admin;

/// <summary>One authorised request whose arguments were checked against the command's declaration.</summary>
public sealed class AdminRequest
{
    private readonly IReadOnlyDictionary<string, AdminCell> values;

    internal AdminRequest(AdminCommand command, IReadOnlyDictionary<string, AdminCell> values)
    {
        Command = command;
        this.values = values;
    }

    public AdminCommand Command { get; }

    /// <summary>The value given, or else the declared default, or else null.</summary>
    public string? Text(string name) => Cell(name, AdminArgumentKind.Text).Text;

    /// <inheritdoc cref="Text"/>
    public long? Number(string name) => Cell(name, AdminArgumentKind.Number).Number;

    /// <summary>The value given, or else the declared default, or else false.</summary>
    public bool Flag(string name) => Cell(name, AdminArgumentKind.Flag).Flag ?? false;

    private AdminCell Cell(string name, AdminArgumentKind kind)
    {
        AdminArgument? declared = Command.FindArgument(name);
        if (declared is null || declared.Kind != kind)
        {
            throw new InvalidOperationException($"'{Command.FullName}' declares no {kind} argument '{name}'");
        }

        return values.TryGetValue(name, out AdminCell value) ? value : declared.Default;
    }
}
