using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace EnergyNode.Pbm;

/// <summary>Turns the words after a command into the arguments that the node declared for it.</summary>
internal sealed class ArgumentBinder(CatalogueCommand command)
{
    private readonly SortedDictionary<string, AnswerCell> values = new(StringComparer.Ordinal);
    private readonly Queue<CatalogueArgument> positional = new(command.Arguments.Where(a => a.Positional));

    /// <exception cref="PbmException">Code 2.</exception>
    public IReadOnlyDictionary<string, AnswerCell> Bind(IReadOnlyList<string> words)
    {
        bool optionsEnd = false;
        for (int i = 0; i < words.Count; i++)
        {
            string word = words[i];
            if (!optionsEnd && word == "--")
            {
                optionsEnd = true;
            }
            else if (!optionsEnd && IsOption(word))
            {
                i = BindOption(words, i);
            }
            else
            {
                BindPositional(word);
            }
        }

        CatalogueArgument? missing = command.Arguments.FirstOrDefault(a => a.Required && !values.ContainsKey(a.Name));
        return missing is null ? values : throw Usage($"'{command.FullName}' needs {missing.Name.ToUpperInvariant()}");
    }

    // A lone hyphen and a negative number are values.
    private static bool IsOption(string word) => word.Length > 1 && word[0] == '-' && !char.IsAsciiDigit(word[1]);

    private int BindOption(IReadOnlyList<string> words, int index)
    {
        string word = words[index];
        int equals = word.IndexOf('=');
        string name = equals < 0 ? word : word[..equals];
        CatalogueArgument argument = Find(name);
        if (equals >= 0)
        {
            Set(argument, word[(equals + 1)..]);
            return index;
        }

        if (argument.Kind == ArgumentKind.Flag)
        {
            Set(argument, "true");
            return index;
        }

        if (index + 1 == words.Count)
        {
            throw Usage($"{name} needs a value");
        }

        Set(argument, words[index + 1]);
        return index + 1;
    }

    private void BindPositional(string word)
    {
        // One that was already given by its name takes no place.
        while (positional.TryDequeue(out CatalogueArgument? argument))
        {
            if (!values.ContainsKey(argument.Name))
            {
                Set(argument, word);
                return;
            }
        }

        throw Usage($"'{command.FullName}' has no place for '{word}'");
    }

    private CatalogueArgument Find(string option)
    {
        CatalogueArgument? argument = option.StartsWith("--", StringComparison.Ordinal)
            ? command.Arguments.FirstOrDefault(a => a.Name == option[2..])
            : command.Arguments.FirstOrDefault(a => a.Short is { } letter && option == $"-{letter}");
        if (argument is not null)
        {
            return argument;
        }

        string[] known = [.. command.Arguments.Select(a => $"--{a.Name}")];
        string advice = Suggestion.Phrase(option, known, $"usage: {UsageText.Of(command)}");
        throw new PbmException(PbmExit.Usage, $"'{command.FullName}' has no option {option}; {advice}");
    }

    private void Set(CatalogueArgument argument, string text)
    {
        AnswerCell value = argument.Kind switch
        {
            ArgumentKind.Number => new AnswerCell(null, Number(argument, text), null),
            ArgumentKind.Flag => new AnswerCell(null, null, Flag(argument, text)),
            _ => new AnswerCell(text, null, null),
        };
        if (!values.TryAdd(argument.Name, value))
        {
            throw Usage($"'{argument.Name}' is given twice");
        }
    }

    private long Number(CatalogueArgument argument, string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw Usage($"'{argument.Name}' must be a whole number, not '{text}'");

    private bool Flag(CatalogueArgument argument, string text) => text switch
    {
        "true" => true,
        "false" => false,
        _ => throw Usage($"'{argument.Name}' is true or false, not '{text}'"),
    };

    private PbmException Usage(string problem) =>
        new(PbmExit.Usage, $"{problem}; usage: {UsageText.Of(command)}");
}
