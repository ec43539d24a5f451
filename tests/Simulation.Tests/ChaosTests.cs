using System;
using System.IO;
using EnergyNode.Chaos;
using Xunit;

namespace EnergyNode.Simulation.Tests;

/// <summary>The scenario files and the program that runs them.</summary>
public sealed class ChaosTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("chaos-tests-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _directory.Delete(recursive: true);
        _output.Dispose();
        _errors.Dispose();
    }

    /// <summary>All but the long ones, which a nightly run takes.</summary>
    public static TheoryData<string> Short()
    {
        TheoryData<string> names = [];
        foreach (string file in Directory.GetFiles(ChaosApp.Shipped))
        {
            if (!ScenarioReader.Read(File.ReadAllText(file), file).IsLong)
            {
                names.Add(Path.GetFileNameWithoutExtension(file));
            }
        }

        return names;
    }

    [Theory]
    [MemberData(nameof(Short))]
    public void A_shipped_scenario_passes(string name)
    {
        int exit = Run("run", name);

        Assert.True(exit == SimulationExit.Pass, _output + _errors.ToString());
    }

    [Fact]
    public void The_shipped_scenarios_are_listed_and_clean()
    {
        int files = Directory.GetFiles(ChaosApp.Shipped).Length;
        Assert.Equal(SimulationExit.Pass, Run("list"));
        foreach (string attack in (string[])
            [
                "liar-1-of-4", "liars-2-of-7", "liars-10-percent", "liars-33-of-100", "partition-3-1-heals",
                "split-2-2-heals", "split-3-1-heals", "asymmetric-partition", "clock-skew-attack", "sybil-attack",
                "leader-crash-loop", "disk-loss", "rolling-restart",
            ])
        {
            Assert.Contains(attack, _output.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(SimulationExit.Pass, Run("lint"));
        Assert.Contains($"{files} scenarios checked", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("crsh = 1", "an entry of the timeline has no key 'crsh'")]
    [InlineData("crash = 5", "crash must be a whole number from 1 to 4")]
    [InlineData("crash = 1, heal = true", "an entry of the timeline needs exactly one of")]
    [InlineData("partition = [[1, 2], [2]]", "node 2 is in two groups; name it once")]
    [InlineData("links { loss = 1.5 }", "loss must be a rate from 0 to 1 with at most three decimals")]
    public void A_bad_scenario_is_refused_with_file_and_line(string fault, string message)
    {
        string file = Path.Combine(_directory.FullName, "bad.hocon");
        File.WriteAllText(file, $$"""
            scenario {
              name = bad
              heals-at = 5s
              timeline = [ { at = 1s, {{fault}} } ]
              expect { recovers-within = 5s }
            }
            """);

        Assert.Equal(SimulationExit.Usage, Run("run", file));
        Assert.Contains("bad.hocon:4:", _errors.ToString(), StringComparison.Ordinal);
        Assert.Contains(message, _errors.ToString(), StringComparison.Ordinal);
        Assert.Single(_errors.ToString().TrimEnd().Split('\n'));
        Assert.Equal(SimulationExit.Usage, Run("lint", file));
    }

    [Theory]
    [InlineData("run", "no-such-scenario")]
    [InlineData("run")]
    [InlineData("walk")]
    public void Wrong_usage_is_one_line(params string[] arguments)
    {
        Assert.Equal(SimulationExit.Usage, Run(arguments));
        Assert.Single(_errors.ToString().TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("no-block-between = [[0s, 4s]]", SimulationExit.Safety)]
    [InlineData("block-between = [[1ms, 2ms]]", SimulationExit.Liveness)]
    [InlineData("blocks-at-least = 1000", SimulationExit.Liveness)]
    public void An_unmet_expectation_decides_the_exit_code(string expectation, int exit)
    {
        string file = Path.Combine(_directory.FullName, "hopeful.hocon");
        File.WriteAllText(
            file,
            $$"""scenario { name = hopeful, heals-at = 5s, expect { recovers-within = 5s, {{expectation}} } }""");

        Assert.Equal(exit, Run("run", file));
        Assert.Contains("again: dotnet run", _output.ToString(), StringComparison.Ordinal);
    }

    private int Run(params string[] arguments) => new ChaosApp(_output, _errors).Run(arguments);
}
