using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace EnergyNode.Tidy.Tests;

/// <summary>The rings of docs/ARCHITECTURE.md, and packages that are pinned.</summary>
public sealed class ProjectTests
{
    /// <summary>Who references whom; nothing else does.</summary>
    private const string References = """
        src/Ledger:
        src/Consensus: Ledger
        src/Market: Ledger
        src/Actors: Consensus Market
        src/Simulation: Actors
        src/Node: Actors Simulation
        src/Pbm:
        chaos: Simulation
        bench: Node
        tests/Ledger.Tests: Ledger
        tests/Consensus.Tests: Consensus
        tests/Market.Tests: Market
        tests/Actors.Tests: Actors
        tests/Simulation.Tests: Chaos Simulation
        tests/Node.Tests: Node
        tests/Pbm.Tests: Node Pbm
        tests/Tidy.Tests:
        """;

    private static readonly string[] VagueNames = ["Common", "Shared", "Utils", "Abstractions", "Core", "Contracts"];

    [Fact]
    public void Projects_reference_exactly_what_the_architecture_says()
    {
        string[] expected = References.Split('\n', StringSplitOptions.TrimEntries);
        IEnumerable<string> actual = Repository.Files(".csproj").Select(project =>
            $"{project[..project.LastIndexOf('/')]}: {string.Join(' ', ReferencesOf(project))}".TrimEnd());
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_project_is_in_the_solution_and_has_a_lock_file()
    {
        string solution = Repository.Text("EnergyNode.sln").Replace('\\', '/');
        foreach (string project in Repository.Files(".csproj"))
        {
            Assert.Contains($"\"{project}\"", solution, StringComparison.Ordinal);
            string folder = Path.Combine(Repository.Root, Path.GetDirectoryName(project)!);
            Assert.True(File.Exists(Path.Combine(folder, "packages.lock.json")), $"{project} has no lock file");
        }
    }

    [Fact]
    public void Package_versions_are_exact_and_in_one_place()
    {
        foreach (XElement package in XDocument.Parse(Repository.Text("Directory.Packages.props")).Descendants(
            "PackageVersion"))
        {
            string version = (string?)package.Attribute("Version") ?? "";
            Assert.True(Regex.IsMatch(version, @"^\d+(\.\d+)+(-[0-9A-Za-z.]+)?$"), $"{package}");
        }

        Assert.All(
            Repository.Files(".csproj"),
            project => Assert.DoesNotMatch("<PackageReference[^>]*Version=", Repository.Text(project)));
    }

    [Fact]
    public void No_project_or_namespace_has_a_vague_name()
    {
        foreach (string file in Repository.Code())
        {
            Match name = Regex.Match(Repository.Text(file), @"^namespace ([\w.]+);", RegexOptions.Multiline);
            Assert.False(name.Groups[1].Value.Split('.').Intersect(VagueNames).Any(), $"{file}: {name.Value}");
        }

        Assert.All(
            Repository.Files(".csproj"),
            project => Assert.DoesNotContain(Path.GetFileNameWithoutExtension(project), VagueNames));
    }

    [Fact]
    public void Pure_projects_ban_what_is_not_pure() => Assert.All(
        new[] { "src/Ledger/Ledger.csproj", "src/Market/Market.csproj", "src/Consensus/Consensus.csproj" },
        project => Assert.Contains("BannedSymbols.txt", Repository.Text(project), StringComparison.Ordinal));

    private static IEnumerable<string> ReferencesOf(string project) =>
        XDocument.Parse(Repository.Text(project)).Descendants("ProjectReference")
            .Select(reference =>
                Path.GetFileNameWithoutExtension(((string?)reference.Attribute("Include"))!.Replace('\\', '/')))
            .Order(StringComparer.Ordinal);
}
