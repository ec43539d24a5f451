using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace EnergyNode.Pbm;

/// <summary>The help texts.</summary>
internal static class UsageText
{
    public const string Program = """
        pbm looks into a running EnergyNode node.

        usage: pbm [HOST:PORT] PALETTE COMMAND [ARGUMENTS] [OPTIONS]

        Without HOST:PORT it takes the one node that you run, or 127.0.0.1:9110.
        The commands come from the node: 'pbm help' lists them.

        options:
          -o, --output FORMAT   table (default), wide, json, jsonl, csv, or pbm (a | b | c)
          --timeout TIME        500ms, 5s (default), 2m
          --token-file FILE     the node's token, if it is not in your discovery file
          --no-color            plain text on a terminal, too (as does NO_COLOR)
          -h, --help            this text, or that of a palette or command
          --version             this program's version

        examples:
          pbm cluster show
          pbm 127.0.0.1:9112 consensus state -o json
          pbm ledger account B01
          pbm market book home-spot -o csv
          pbm actor hierarchy -s /user -d 2
          pbm cluster wait --for height=100,healthy --timeout 30s

        exit codes: 0 ok, 1 negative answer, 2 usage, 3 cannot connect, 4 not authorised,
                    5 time-out, 6 partial answer, 70 internal error, 130 interrupted

        """;

    /// <summary>The usage of one command on one line.</summary>
    public static string Of(CatalogueCommand command) =>
        string.Join(' ', command.Arguments.Select(a => a.Usage).Prepend($"pbm {command.FullName}"));

    /// <summary>One command in full, several in a line each.</summary>
    public static string Of(IReadOnlyList<CatalogueCommand> commands)
    {
        var text = new StringBuilder();
        if (commands is [var only])
        {
            AppendInFull(text, only);
        }
        else
        {
            int width = commands.Max(command => command.FullName.Length);
            foreach (CatalogueCommand command in commands)
            {
                text.Append(command.FullName.PadRight(width)).Append("   ").Append(command.Description).Append('\n');
            }
        }

        return text.ToString();
    }

    private static void AppendInFull(StringBuilder text, CatalogueCommand command)
    {
        text.Append(command.FullName).Append(": ").Append(command.Description).Append("\n\n");
        text.Append("usage: ").Append(Of(command)).Append('\n');
        foreach (CatalogueArgument argument in command.Arguments)
        {
            text.Append("  ").Append(argument.Name.PadRight(16)).Append(argument.Description);
            if (!argument.Default.IsNone)
            {
                text.Append(" (default ").Append(argument.Default.Raw).Append(')');
            }

            text.Append('\n');
        }
    }
}
