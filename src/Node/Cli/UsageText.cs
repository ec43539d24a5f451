using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace EnergyNode.Node.Cli;

/// <summary>What is wrong with a command line, in one line.</summary>
internal static class UsageText
{
    /// <param name="program">Its name, for the hint where help is.</param>
    /// <param name="parsed">With at least one error.</param>
    public static string Of(string program, ParseResult parsed) => $"{Problem(parsed)}; see '{Help(program, parsed)}'";

    private static string Problem(ParseResult parsed)
    {
        // That a command is missing follows from a word that is none, and says less.
        if (parsed.UnmatchedTokens is [{ } word, ..])
        {
            return $"Unrecognized command or argument '{word}'";
        }

        ParseError first = parsed.Errors[0];
        return first.SymbolResult is OptionResult { Tokens: [{ Value: { } value }] } result
                && IsNumber(result.Option.ValueType)
                && !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? $"{result.Option.Name} '{value}': write a whole number"
            : string.Join(' ', first.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
    }

    private static bool IsNumber(Type type)
    {
        Type number = Nullable.GetUnderlyingType(type) ?? type;
        return number == typeof(int) || number == typeof(long) || number == typeof(ulong);
    }

    private static string Help(string program, ParseResult parsed)
    {
        string path = "";
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult command; at = at.Parent)
        {
            path = command.Command is RootCommand ? path : " " + command.Command.Name + path;
        }

        return $"{program}{path} --help";
    }
}
