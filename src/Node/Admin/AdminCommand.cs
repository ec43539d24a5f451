using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace EnergyNode.Node.Admin;

/// <summary>One command of the admin port.</summary>
public sealed class AdminCommand
{
    /// <exception cref="ArgumentException">A name, a default or the order of arguments is not permitted.</exception>
    public AdminCommand(
        string palette,
        string name,
        string description,
        IReadOnlyList<AdminArgument> arguments,
        Func<AdminRequest, CancellationToken, Task<AdminTable>> handler)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        Palette = Checked(palette);
        Name = Checked(name);
        Description = description;
        Arguments = arguments;
        Handler = handler;
        CheckArguments();
    }

    /// <summary>The group, such as <c>cluster</c>.</summary>
    public string Palette { get; }

    /// <summary>The command within its group, such as <c>show</c>.</summary>
    public string Name { get; }

    /// <summary>One line.</summary>
    public string Description { get; }

    public IReadOnlyList<AdminArgument> Arguments { get; }

    /// <summary>Called on a pool thread. The token is cancelled when the request's time is up.</summary>
    public Func<AdminRequest, CancellationToken, Task<AdminTable>> Handler { get; }

    /// <summary><c>palette name</c>, as in a request.</summary>
    public string FullName => $"{Palette} {Name}";

    internal AdminArgument? FindArgument(string name)
    {
        foreach (AdminArgument argument in Arguments)
        {
            if (argument.Name == name)
            {
                return argument;
            }
        }

        return null;
    }

    private static string Checked(string word)
    {
        bool good = !string.IsNullOrEmpty(word) && char.IsAsciiLetterLower(word[0]);
        foreach (char c in word ?? "")
        {
            good &= char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-';
        }

        return good
            ? word!
            : throw new ArgumentException($"'{word}' is not a command word: lower case, digits and hyphens only");
    }

    private void CheckArguments()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        bool optionalSeen = false;
        foreach (AdminArgument argument in Arguments)
        {
            bool unique = names.Add(Checked(argument.Name))
                && (argument.Short is not { } letter || names.Add($"-{letter}"));
            if (!unique)
            {
                throw new ArgumentException($"'{FullName}' declares '{argument.Name}' or its letter twice");
            }

            if (!argument.Default.IsNone && !argument.Default.Fits(argument.Kind))
            {
                throw new ArgumentException($"'{FullName}': the default of '{argument.Name}' is not {argument.Kind}");
            }

            if (argument.Positional && argument.Required && optionalSeen)
            {
                throw new ArgumentException($"'{FullName}': required '{argument.Name}' follows an optional one");
            }

            optionalSeen |= argument.Positional && !argument.Required;
        }
    }
}
