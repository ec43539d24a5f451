using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace EnergyNode.Tidy.Tests;

/// <summary>Sizes and words of the code.</summary>
public sealed class CodeTests
{
    private const int MaxLines = 500;
    private const int MaxColumns = 120;
    private const int MaxFunctionLines = 70;

    /// <summary>A word, where it is banned (beginnings of paths), and where it may stand nevertheless.</summary>
    private const string BannedWords = """
        \bTODO\b                  | src chaos tests bench |
        \bFIXME\b                 | src chaos tests bench |
        \bHACK\b                  | src chaos tests bench |
        \bXXX\b                   | src chaos tests bench |
        \bfor now\b               | src chaos tests bench |
        NotImplementedException   | src chaos tests bench |
        #pragma warning           | src chaos tests bench |
        \bnew Random\(\)          | src chaos tests bench |
        DateTime(Offset)?\.(Utc)?Now\b | src chaos tests bench |
        Thread\.Sleep             | src chaos tests bench | src/Node/Persistence/DirectoryLock.cs
        Task\.Delay               | src/Ledger src/Market src/Consensus src/Actors src/Simulation chaos |
        Task\.Delay               | tests | tests/Node.Tests
        Random\.Shared            | src/Ledger src/Market src/Consensus src/Actors src/Simulation chaos tests |
        Guid\.NewGuid             | src/Ledger src/Market src/Consensus src/Actors src/Simulation chaos |
        \[.*Skip =                | tests |
        """;

    [Fact]
    public void Files_and_lines_have_a_readable_size()
    {
        List<string> found = [];
        foreach (string file in Repository.Code())
        {
            string[] lines = Repository.Lines(file);
            if (lines.Length > MaxLines)
            {
                found.Add($"{file} has {lines.Length} lines");
            }

            found.AddRange(lines.Select((line, index) => (line, index)).Where(one => one.line.Length > MaxColumns)
                .Select(one => $"{file}:{one.index + 1} has {one.line.Length} columns"));
        }

        Findings.ExpectNone(found);
    }

    [Fact]
    public void Functions_fit_on_a_screen()
    {
        List<string> found = [];
        foreach (string file in Repository.Code())
        {
            string[] lines = Repository.Lines(file);
            foreach (string indent in (string[])["    ", "        "])
            {
                found.AddRange(LongBlocks(lines, indent).Select(line => $"{file}:{line}"));
            }
        }

        Findings.ExpectNone(found);
    }

    [Fact]
    public void Banned_words_do_not_occur()
    {
        string own = "tests/Tidy.Tests/CodeTests.cs";
        List<string> found = [];
        foreach (string row in BannedWords.Split('\n', StringSplitOptions.TrimEntries))
        {
            string[] cells = row.Split(" | ", StringSplitOptions.TrimEntries);
            Regex word = new(cells[0]);
            string[] banned = cells[1].TrimEnd('|', ' ').Split(' ');
            string[] exempt = cells.Length > 2 ? cells[2].Split(' ') : [];
            foreach (string file in Repository.Code().Where(file =>
                file != own && In(file, banned) && !In(file, exempt)))
            {
                found.AddRange(Repository.Lines(file).Select((line, index) => (line, index))
                    .Where(one => word.IsMatch(one.line)).Select(one => $"{file}:{one.index + 1}: {one.line.Trim()}"));
            }
        }

        Findings.ExpectNone(found);
    }

    [Fact]
    public void Every_limit_says_why()
    {
        List<string> found = [];
        foreach (string file in Repository.Files("Limits.cs", "src"))
        {
            string[] lines = Repository.Lines(file);
            for (int i = 1; i < lines.Length; i++)
            {
                bool isLimit = Regex.IsMatch(lines[i], @"^    (public|internal) (const|static readonly) ");
                if (isLimit && !lines[i - 1].TrimStart().StartsWith("///", StringComparison.Ordinal))
                {
                    found.Add($"{file}:{i + 1}: {lines[i].Trim()}");
                }
            }
        }

        Findings.ExpectNone(found);
    }

    [Fact]
    public void A_file_has_one_public_type_and_is_called_like_it()
    {
        Regex type = new(
            @"^public (?:sealed |static |abstract |readonly |partial |ref |unsafe )*"
            + @"(?:class|struct|interface|enum|record struct|record|delegate \S+) (\w+)",
            RegexOptions.Multiline);
        List<string> found = [];
        foreach (string file in Repository.Files(".cs", "src"))
        {
            string[] names = [.. type.Matches(Repository.Text(file)).Select(match => match.Groups[1].Value).Distinct()];
            string stem = file.Split('/')[^1].Split('.')[0];
            bool grouped = stem.EndsWith("Messages", StringComparison.Ordinal);
            if (!grouped && stem != "TimeoutId" && (names.Length > 1 || (names.Length == 1 && names[0] != stem)))
            {
                found.Add($"{file}: {string.Join(' ', names)}");
            }
        }

        Findings.ExpectNone(found);
    }

    private static bool In(string file, string[] places) =>
        places.Any(place => file == place || file.StartsWith(place + "/", StringComparison.Ordinal));

    /// <summary>Blocks with their braces alone at an indent, if they are not types and too long.</summary>
    private static IEnumerable<int> LongBlocks(string[] lines, string indent)
    {
        for (int start = 0; start < lines.Length; start++)
        {
            if (lines[start] != indent + "{" || IsType(lines, start))
            {
                continue;
            }

            int end = Array.FindIndex(lines, start, line => line.StartsWith(indent + "}", StringComparison.Ordinal));
            if (end - start - 1 > MaxFunctionLines)
            {
                yield return start + 1;
            }
        }
    }

    private static bool IsType(string[] lines, int brace)
    {
        int first = brace;
        while (first > 0 && lines[first - 1].Length > 0 && lines[first - 1].TrimEnd()[^1] is not ('{' or '}' or ';'))
        {
            first--;
        }

        return lines[first..brace].Any(line =>
            Regex.IsMatch(line, @"^\s*((public|private|internal|protected|sealed|static|abstract|readonly|partial) )+"
                + "(class|struct|interface|enum|record) "));
    }
}
