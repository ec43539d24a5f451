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
    [InlineData("pause { for = 1s }", "node is missing; set it")]
    [InlineData("cut { from = 1, to = 1 }", "a node has no link to itself; name two nodes")]
    [InlineData("isolate = follower", "isolate must be a whole number from 1 to 4")]
    [InlineData("rot = 0", "rot must be a whole number from 1 to 4")]
    [InlineData("heal = true", "no strategy is called 'lie'", "liars = [ { node = 1, strategies = [lie] } ]")]
    [InlineData("heal = true", "node 1 lies twice", """
        liars = [ { node = 1, strategies = [censor] }, { node = 1, strategies = [flood] } ]
        """)]
    [InlineData("heal = true", "2 liars are too many: 4 validators tolerate 1", """
        liars = [ { node = 1, strategies = [censor] }, { node = 2, strategies = [flood] } ]
        """)]
    [InlineData("heal = true", "byzantine must be a whole number from 0 to 1", "byzantine = 2")]
    [InlineData("heal = true", "strategies need liars", "strategies = [censor]")]
    [InlineData("heal = true", "liars says all", "byzantine = 1, liars = [ { node = 1, strategies = [censor] } ]")]
    [InlineData("heal = true", "strategies is empty", "byzantine = 1, strategies = []")]
    [InlineData("heal = true", "strategies names 'censor' twice", "byzantine = 1, strategies = [censor, censor]")]
    [InlineData("heal = true", "sybils must be a whole number from 0 to 100", "sybils = 101")]
    [InlineData("heal = true", "joiners must be a whole number from 0 to 3", "joiners = 4")]
    [InlineData("heal = true", "seed must be a whole number from 0 to 2^64 - 1", "seed = 18446744073709551616")]
    [InlineData("heal = true", "protocol must be pbft, pos or pow", "protocol = raft")]
    public void A_bad_attack_is_refused_with_file_and_line(string fault, string message, string more = "")
    {
        string file = Path.Combine(_directory.FullName, "bad.hocon");
        File.WriteAllText(file, $$"""
            scenario {
              name = bad, heals-at = 5s, expect { recovers-within = 5s, level-within = 1s }
              {{more.Trim()}}
              timeline = [ { at = 1s, {{fault}} } ]
            }
            """);

        Assert.Equal(SimulationExit.Usage, Run("lint", file));
        int line = fault == "heal = true" ? 3 : 4;
        Assert.Contains(message, _errors.ToString(), StringComparison.Ordinal);
        Assert.Contains($"bad.hocon:{line}:", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_seed_may_be_any_of_two_to_the_sixty_four()
    {
        string file = Path.Combine(_directory.FullName, "large.hocon");
        File.WriteAllText(
            file,
            "scenario { name = large, seed = 18446744073709551615, heals-at = 2s, expect { recovers-within = 5s } }");

        Assert.Equal(SimulationExit.Pass, Run("run", file));
        Assert.Contains("seed 18446744073709551615", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run", "leader-crash", "--all")]
    [InlineData("run", "leader-crash", "--long")]
    [InlineData("run", "no-such-scenario")]
    [InlineData("run")]
    [InlineData("run", "leader-crash", "--seed", "x")]
    [InlineData("run", "leader-crash", "--seed", "18446744073709551616")]
    [InlineData("run", "leader-crash", "--seed")]
    [InlineData("run", "--sed")]
    [InlineData("lint", "--nope")]
    [InlineData("lint", "one.hocon", "-x")]
    [InlineData("walk")]
    public void Wrong_usage_is_one_line(params string[] arguments)
    {
        Assert.Equal(SimulationExit.Usage, Run(arguments));
        string line = Assert.Single(_errors.ToString().TrimEnd().Split('\n'));
        Assert.DoesNotContain("System.", line, StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_that_is_none_is_not_looked_for_among_the_files()
    {
        Assert.Equal(SimulationExit.Usage, Run("lint", "--nope"));
        Assert.Equal("chaos: Unrecognized option '--nope'; see 'chaos --help'", _errors.ToString().TrimEnd());
    }

    [Theory]
    [InlineData("no-block-between = [[0s, 4s]]", SimulationExit.Safety)]
    [InlineData("block-between = [[1ms, 2ms]]", SimulationExit.Liveness)]
    [InlineData("blocks-at-least = 1000", SimulationExit.Liveness)]
    [InlineData("evidence-at-least = 1", SimulationExit.Liveness)]
    [InlineData("detected-within = 1s", SimulationExit.Liveness)]
    [InlineData("isolated-within = 1s", SimulationExit.Liveness)]
    [InlineData("loud-stops-at-least = 1", SimulationExit.Liveness)]
    [InlineData("detected-forks-at-least = 1", SimulationExit.Liveness)]
    [InlineData("level-within = 1s", SimulationExit.Liveness)]
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
