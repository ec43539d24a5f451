using System;
using System.Collections.Generic;

namespace EnergyNode.Pbm;

/// <summary>What the user typed, with the client's own options taken out of it.</summary>
internal sealed record CommandLine
{
    private const string FormatNames = "table, wide, json, jsonl, csv, pbm";

    public NodeEndpoint? Endpoint { get; private init; }

    /// <summary>Palette, command and its arguments, which only the node understands.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    public OutputFormat Format { get; private init; }

    /// <summary>Null when not given.</summary>
    public TimeSpan? Timeout { get; private init; }

    public string? TokenFile { get; private init; }

    public bool NoColour { get; private init; }

    public bool Help { get; private init; }

    public bool Version { get; private init; }

    /// <exception cref="PbmException">Code 2.</exception>
    public static CommandLine Parse(IReadOnlyList<string> arguments, PbmLimits limits)
    {
        var line = new CommandLine();
        var words = new List<string>();
        bool optionsEnd = false;
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            (string name, string? value) = SplitOption(argument);
            if (optionsEnd)
            {
                words.Add(argument);
            }
            else if (argument == "--")
            {
                // Kept for the binding of the command's own arguments, where it means the same.
                optionsEnd = true;
                words.Add(argument);
            }
            else if (name is "-o" or "--output" or "--timeout" or "--token-file")
            {
                value ??= ++i < arguments.Count ? arguments[i] : throw Usage($"{name} needs a value", HelpAdvice);
                line = line.WithValue(name, value, limits);
            }
            else if (argument is "--no-color" or "--help" or "-h" or "--version")
            {
                line = line.WithSwitch(argument);
            }
            else if (words.Count == 0 && line.Endpoint is null && argument.Contains(':') && argument[0] != '-')
            {
                line = line with { Endpoint = NodeEndpoint.TryParse(argument) ?? throw BadEndpoint(argument) };
            }
            else if (words.Count == 0 && argument.StartsWith('-'))
            {
                throw Usage($"there is no option {argument}", HelpAdvice);
            }
            else
            {
                words.Add(argument);
            }
        }

        return line with { Words = words };
    }

    private static string HelpAdvice => "see pbm --help";

    private static PbmException Usage(string problem, string advice) =>
        new(PbmExit.Usage, $"{problem}; {advice}");

    private static PbmException BadEndpoint(string text) =>
        Usage($"'{text}' is no address", "give host:port, such as 127.0.0.1:9110 or [::1]:9110");

    private static (string Name, string? Value) SplitOption(string argument)
    {
        int equals = argument.StartsWith("--", StringComparison.Ordinal) ? argument.IndexOf('=') : -1;
        return equals < 0 ? (argument, null) : (argument[..equals], argument[(equals + 1)..]);
    }

    private CommandLine WithSwitch(string name) => name switch
    {
        "--no-color" => this with { NoColour = true },
        "--version" => this with { Version = true },
        _ => this with { Help = true },
    };

    private CommandLine WithValue(string name, string value, PbmLimits limits) => name switch
    {
        "--token-file" => this with { TokenFile = value },
        "--timeout" => this with
        {
            Timeout = DurationText.Parse(value, limits.MaxTimeout)
                ?? throw Usage($"'{value}' is no time-out", "give 500ms, 5s or 2m"),
        },
        _ => this with { Format = ParseFormat(value) },
    };

    private static OutputFormat ParseFormat(string value) => value switch
    {
        "table" => OutputFormat.Table,
        "wide" => OutputFormat.Wide,
        "json" => OutputFormat.Json,
        "jsonl" => OutputFormat.Jsonl,
        "csv" => OutputFormat.Csv,
        "pbm" => OutputFormat.Pbm,
        _ => throw Usage(
            $"'{value}' is no output format",
            Suggestion.Phrase(value, FormatNames.Split(", "), $"there are {FormatNames}")),
    };
}
