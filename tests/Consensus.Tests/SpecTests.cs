using System.Collections.Generic;
using System.IO;
using System.Text.RegularExpressions;
using EnergyNode.Consensus.Tests.Support;
using Xunit;

namespace EnergyNode.Consensus.Tests;

public sealed class SpecTests
{
    [Fact]
    public void Code_and_specification_name_the_same_rules()
    {
        SortedSet<string> specified = [];
        foreach (Match match in Regex.Matches(
            File.ReadAllText(Repository.PathOf("docs", "spec", "pbft.md")), @"^\*\*(R\d+)\.", RegexOptions.Multiline))
        {
            Assert.True(specified.Add(match.Groups[1].Value), $"{match.Groups[1].Value} is there twice");
        }

        SortedSet<string> cited = [];
        foreach (string file in Directory.GetFiles(Repository.PathOf("src", "Consensus", "Pbft"), "*.cs"))
        {
            string code = File.ReadAllText(file);
            foreach (Match line in Regex.Matches(code, @"// (R\d+(?:, R\d+)*)\s*$", RegexOptions.Multiline))
            {
                cited.UnionWith(line.Groups[1].Value.Split(", "));
            }
        }

        Assert.NotEmpty(specified);
        Assert.Equal(specified, cited);
    }
}
