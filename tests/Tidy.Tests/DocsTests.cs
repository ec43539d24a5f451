using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace EnergyNode.Tidy.Tests;

/// <summary>Pages that must exist, links that must lead somewhere, rules that code and page must share.</summary>
public sealed class DocsTests
{
    [Theory]
    [InlineData("LICENSE")]
    [InlineData("README.md")]
    [InlineData("docs/ARCHITECTURE.md")]
    [InlineData("docs/HACKING.md")]
    [InlineData("docs/spec/wire.md")]
    [InlineData("docs/spec/ledger.md")]
    [InlineData("docs/spec/access.md")]
    [InlineData(".editorconfig")]
    [InlineData("global.json")]
    public void A_newcomer_finds(string file) => Assert.NotEqual("", Repository.Text(file).Trim());

    [Fact]
    public void Links_lead_to_files_that_exist()
    {
        List<string> broken = [];
        foreach (string page in Repository.Files(".md"))
        {
            string folder = Path.Combine(Repository.Root, Path.GetDirectoryName(page)!);
            foreach (Match link in Regex.Matches(Repository.Text(page), @"\]\(([^)#\s]+)(?:#[^)]*)?\)"))
            {
                string target = link.Groups[1].Value;
                bool isRelative = !Regex.IsMatch(target, "^[a-z]+:");
                if (isRelative && !Path.Exists(Path.Combine(folder, target)))
                {
                    broken.Add($"{page}: {target}");
                }
            }
        }

        Findings.ExpectNone(broken);
    }

    [Fact]
    public void Files_that_specifications_name_exist()
    {
        List<string> missing = [];
        foreach (string page in Repository.Files(".md", "docs"))
        {
            foreach (Match name in Regex.Matches(
                Repository.Text(page), @"`((?:src|tests|docs|chaos|bench)/[\w./-]+\.(?:cs|md|json|csproj|txt|csv))`"))
            {
                if (!File.Exists(Path.Combine(Repository.Root, name.Groups[1].Value)))
                {
                    missing.Add($"{page}: {name.Groups[1].Value}");
                }
            }
        }

        Findings.ExpectNone(missing);
    }

    /// <summary>A page numbers its rules as <c>**R7.</c> or <c>**BOOK-7</c>; code cites them in comments.</summary>
    [Fact]
    public void Rules_are_cited_in_the_code_and_cited_rules_exist()
    {
        HashSet<string> specified = [];
        foreach (string page in Repository.Files(".md", "docs/spec"))
        {
            foreach (Match rule in Regex.Matches(
                Repository.Text(page), @"^\*\*((?:R|N|[A-Z]{3,}-)\d+)[. ]", RegexOptions.Multiline))
            {
                Assert.True(specified.Add(rule.Groups[1].Value), $"{page}: {rule.Groups[1].Value} is there twice");
            }
        }

        HashSet<string> cited = [];
        string[] families = [.. specified.Select(Family).Distinct()];
        foreach (string file in Repository.Files(".cs", "src"))
        {
            foreach (string line in Repository.Lines(file).Where(line => line.Contains("//", StringComparison.Ordinal)))
            {
                string comment = line[line.IndexOf("//", StringComparison.Ordinal)..];
                cited.UnionWith(Regex.Matches(comment, @"\b(?:R|N|[A-Z]{3,}-)\d+\b").Select(match => match.Value)
                    .Where(rule => families.Contains(Family(rule))));
            }
        }

        string[] used = [.. cited.Select(Family).Distinct()];
        Assert.Contains("R", used);
        Assert.Contains("BOOK-", used);
        Assert.Empty(cited.Except(specified));
        Assert.Empty(specified.Where(rule => used.Contains(Family(rule))).Except(cited));
    }

    private static string Family(string rule) => rule.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
}
