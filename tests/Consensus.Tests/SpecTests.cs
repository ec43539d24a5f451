using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using EnergyNode.Consensus.Tests.Support;
using Xunit;

namespace EnergyNode.Consensus.Tests;

public sealed class SpecTests
{
    [Theory]
    [InlineData("pbft.md", "Pbft", @"R\d+")]
    [InlineData("pos.md", "Pos", @"POS-\d+")]
    [InlineData("evidence.md", "Evidence", @"E\d+")]
    [InlineData("pow.md", "Pow", @"W\d+")]
    public void Code_and_specification_name_the_same_rules(string document, string folder, string rule)
    {
        SortedSet<string> specified = [];
        foreach (Match match in Regex.Matches(Specification(document), $@"^\*\*({rule})\.", RegexOptions.Multiline))
        {
            Assert.True(specified.Add(match.Groups[1].Value), $"{match.Groups[1].Value} is there twice");
        }

        SortedSet<string> cited = [.. Citations(folder, rule)];
        Assert.NotEmpty(specified);
        Assert.Equal(specified, cited);
    }

    [Fact]
    public void Code_and_specification_name_the_same_lines_of_the_paper()
    {
        SortedSet<int> specified = [];
        string rules = Specification("pos.md");
        rules = rules[rules.IndexOf("## Proposer", System.StringComparison.Ordinal)..];
        foreach (Match match in Regex.Matches(rules, @"\bL(\d+)(?:–L(\d+))?"))
        {
            int first = NumberOf(match.Groups[1].Value);
            int last = match.Groups[2].Success ? NumberOf(match.Groups[2].Value) : first;
            specified.UnionWith(Enumerable.Range(first, last - first + 1));
        }

        SortedSet<int> cited = [.. Citations("Pos", @"L\d+").Select(line => NumberOf(line[1..]))];
        Assert.Empty(cited.Except(specified));

        // Conditions of the same "if" and its "else" are cited with the line that follows from them.
        int[] folded = [17, 20, 23, 25, 29, 31, 58, 62, 66];
        Assert.Equal(Enumerable.Range(11, 57).Except(folded), cited.Except(folded));
    }

    private static string Specification(string document) =>
        File.ReadAllText(Repository.PathOf("docs", "spec", document));

    private static IEnumerable<string> Citations(string folder, string what)
    {
        string[] files =
        [
            .. Directory.GetFiles(Repository.PathOf("src", "Consensus", folder), "*.cs"),
            .. Directory.GetFiles(Repository.PathOf("src", "Consensus", "Chain"), "*.cs"),
            .. Directory.GetFiles(Repository.PathOf("src", "Ledger", "Evidence"), "*.cs"),
        ];
        foreach (string file in files)
        {
            foreach (Match line in Regex.Matches(File.ReadAllText(file), @"^\s*// (.*)$", RegexOptions.Multiline))
            {
                foreach (Match citation in Regex.Matches(line.Groups[1].Value, $@"\b{what}\b"))
                {
                    yield return citation.Value;
                }
            }
        }
    }

    private static int NumberOf(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
