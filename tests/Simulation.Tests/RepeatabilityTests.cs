using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using EnergyNode.Chaos;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Simulation.Tests;

public sealed class RepeatabilityTests
{
    [Fact]
    public void The_same_seed_gives_the_same_trace_and_another_seed_another_one()
    {
        SimulationReport first = SimulatedCluster.Run(new SimulationOptions { Seed = 11 });
        SimulationReport again = SimulatedCluster.Run(new SimulationOptions { Seed = 11 });
        SimulationReport other = SimulatedCluster.Run(new SimulationOptions { Seed = 12 });

        Assert.Equal(first.TraceHash, again.TraceHash);
        Assert.Equal(first.Steps, again.Steps);
        Assert.Equal(first.StateRoot, again.StateRoot);
        Assert.NotEqual(first.TraceHash, other.TraceHash);
    }

    [Fact]
    public void Twenty_seeds_have_twenty_traces()
    {
        ulong[] traces = [.. Enumerable.Range(1, 20).Select(seed =>
            SimulatedCluster.Run(new SimulationOptions { Seed = (ulong)seed, Epochs = 3 }).TraceHash)];

        Assert.Equal(20, traces.Distinct().Count());
    }

    [Fact]
    public void The_same_seed_gives_the_same_trace_in_another_process()
    {
        using StringWriter output = new();
        new ChaosApp(output, output).Run(["run", "lossy-network", "--seed", "5", "--json"]);
        string here = TraceOf(output.ToString());

        Assert.Equal(here, TraceOf(RunInAnotherProcess("run", "lossy-network", "--seed", "5", "--json")));
        Assert.NotEqual(here, TraceOf(RunInAnotherProcess("run", "lossy-network", "--seed", "6", "--json")));
    }

    [Fact]
    public void A_sweep_gives_the_same_result_however_many_seeds_run_at_once()
    {
        SimulationOptions failing = new()
        {
            Seed = 0,
            Epochs = 2,
            Duration = Duration.FromSeconds(4),
            Byzantine = 1,
            Sabotage = new Sabotage { ForgetSubmissions = true },
        };

        Assert.Equal(SweepWithout(failing, 1, "realSeconds"), SweepWithout(failing, 3, "realSeconds"));
    }

    [Fact]
    public void A_failing_seed_names_the_command_that_repeats_it()
    {
        SimulationOptions options = new()
        {
            Seed = 3,
            Protocol = ConsensusProtocol.Pos,
            Validators = 7,
            Epochs = 2,
            Duration = Duration.FromSeconds(4),
            Sabotage = new Sabotage { ForgetSubmissions = true },
        };
        using StringWriter output = new();

        int exit = SimulationCommand.Run(options, output, json: false);

        Assert.Equal(SimulationExit.Safety, exit);
        Assert.Contains(
            "again: dotnet run -c Release --project src/Node -- sim --seed 3 --protocol pos --validators 7 --epochs 2 "
                + "--seconds 4",
            output.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_json_report_has_the_promised_fields()
    {
        using JsonDocument json = JsonDocument.Parse(RunHere(1));
        JsonElement root = json.RootElement;

        Assert.Equal(1, root.GetProperty("seed").GetInt32());
        Assert.Equal("pbft", root.GetProperty("protocol").GetString());
        Assert.Equal(4, root.GetProperty("validators").GetInt32());
        Assert.True(root.GetProperty("height").GetInt64() > 0);
        Assert.Equal(12, root.GetProperty("epochs").GetInt64());
        Assert.Equal(0, root.GetProperty("violations").GetArrayLength());
        Assert.Equal(16, root.GetProperty("traceHash").GetString()!.Length);
        Assert.True(root.GetProperty("virtualSeconds").GetDecimal() >= 20);
        Assert.True(root.GetProperty("realSeconds").GetDecimal() > 0);
    }

    private static string SweepWithout(SimulationOptions template, int jobs, string field)
    {
        using StringWriter output = new();
        SimulationCommand.Sweep(template, 5, 12, jobs, output, json: true);
        string text = output.ToString();
        return text[..text.LastIndexOf(field, StringComparison.Ordinal)];
    }

    private static string RunHere(ulong seed)
    {
        using StringWriter output = new();
        SimulationCommand.Run(new SimulationOptions { Seed = seed }, output, json: true);
        return output.ToString();
    }

    private static string TraceOf(string report)
    {
        using JsonDocument json = JsonDocument.Parse(report);
        return json.RootElement.GetProperty("traceHash").GetString()!;
    }

    private static string RunInAnotherProcess(params string[] arguments)
    {
        string dotnet = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? Environment.ProcessPath!
            : "dotnet";
        ProcessStartInfo start = new(dotnet) { RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "chaos.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
