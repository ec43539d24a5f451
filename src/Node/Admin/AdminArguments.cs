using System;
using System.Collections.Generic;
using System.Linq;

namespace EnergyNode.Node.Admin;

/// <summary>Checks a request's arguments against the declaration of its command.</summary>
internal static class AdminArguments
{
    /// <summary>The checked request; null and one sentence when an argument is unknown, missing or mistyped.</summary>
    public static AdminRequest? Bind(
        AdminCommand command, IReadOnlyDictionary<string, AdminCell> given, out string problem)
    {
        foreach ((string name, AdminCell value) in given)
        {
            AdminArgument? argument = command.FindArgument(name);
            if (argument is null)
            {
                problem = $"'{command.FullName}' has no argument '{name}'; it has {Names(command)}";
                return null;
            }

            if (!value.Fits(argument.Kind))
            {
                problem = $"'{name}' of '{command.FullName}' must be a {KindWord(argument.Kind)}";
                return null;
            }
        }

        foreach (AdminArgument argument in command.Arguments)
        {
            if (argument.Required && !given.ContainsKey(argument.Name))
            {
                problem = $"'{command.FullName}' needs '{argument.Name}' ({argument.Description})";
                return null;
            }
        }

        problem = "";
        return new AdminRequest(command, given);
    }

    public static string KindWord(AdminArgumentKind kind) => kind switch
    {
        AdminArgumentKind.Text => "text",
        AdminArgumentKind.Number => "number",
        AdminArgumentKind.Flag => "flag",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not an argument kind"),
    };

    private static string Names(AdminCommand command) =>
        command.Arguments.Count == 0 ? "none" : string.Join(", ", command.Arguments.Select(a => a.Name));
}
