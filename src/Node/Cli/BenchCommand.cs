using System.CommandLine;
using EnergyNode.Node.Load;

namespace EnergyNode.Node.Cli;

/// <summary><c>energynode bench</c>: measurements on this machine.</summary>
internal static class BenchCommand
{
    public static Command Build() =>
        new("bench", "Measures on this machine.\n\nExample: energynode bench load --seconds 60") { Load() };

    private static Command Load()
    {
        Option<int> validators = CommonOptions.Validators();
        Option<string> consensus = ConsensusChoice.Create("--consensus");
        Option<int> orders = new("--orders-per-minute")
        {
            Description = "to be executed",
            DefaultValueFactory = _ => LoadLimits.DefaultOrdersPerMinute,
        };
        Option<int> readings = new("--readings-per-minute")
        {
            Description = "to be executed, each signed by its meter",
            DefaultValueFactory = _ => LoadLimits.DefaultReadingsPerMinute,
        };
        Option<int> seconds = new("--seconds")
        {
            Description = "of the measurement",
            DefaultValueFactory = _ => LoadLimits.DefaultSeconds,
        };
        Option<int> warmUp = new("--warm-up")
        {
            Description = "seconds under load before it",
            DefaultValueFactory = _ => LoadLimits.DefaultWarmUpSeconds,
        };
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "load",
            "Sends orders and readings to validators of its own and says what they cost.\n\n"
            + "Example: energynode bench load --seconds 60 --json")
        {
            validators, consensus, orders, readings, seconds, warmUp, json,
        };
        command.SetAction((parsed, cancellation) => LoadCommand.RunAsync(
            new LoadOptions
            {
                Validators = parsed.GetValue(validators),
                Consensus = ConsensusChoice.Read(parsed, consensus),
                OrdersPerMinute = parsed.GetValue(orders),
                ReadingsPerMinute = parsed.GetValue(readings),
                Seconds = parsed.GetValue(seconds),
                WarmUpSeconds = parsed.GetValue(warmUp),
                Json = parsed.GetValue(json),
            },
            cancellation));
        return command;
    }
}
