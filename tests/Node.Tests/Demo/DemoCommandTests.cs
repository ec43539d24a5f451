using System;
using System.IO;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Node.Demo;
using EnergyNode.Node.Tests.Crypto;
using Xunit;

namespace EnergyNode.Node.Tests.Demo;

/// <summary>The demo with real processes.</summary>
public sealed class DemoCommandTests
{
    private static readonly ValidatorCommand Validator =
        new("dotnet", [Path.Combine(AppContext.BaseDirectory, "energynode.dll")]);

    [Fact]
    public async Task One_day_on_four_validators_of_which_one_is_killed_ends_in_one_state()
    {
        (int code, string results, string errors) = await RunAsync(
            new DemoOptions { Days = 1, Kill = 2, Json = true });

        Assert.True(code == 0, errors);
        using JsonDocument json = JsonDocument.Parse(results);
        Assert.Equal(96, json.RootElement.GetProperty("epochs").GetInt32());
        Assert.Equal(1_632, json.RootElement.GetProperty("readings").GetInt32());
        Assert.Equal(321_259, json.RootElement.GetProperty("generationWh").GetInt64());
        Assert.Equal(0, json.RootElement.GetProperty("tokenImbalance").GetInt64());
        Assert.Equal(0, json.RootElement.GetProperty("moneyImbalance").GetInt64());
        Assert.True(json.RootElement.GetProperty("stateRootsEqual").GetBoolean());
        Assert.Equal(4, json.RootElement.GetProperty("peakRssMb").GetArrayLength());
    }

    [Fact]
    public async Task Forty_homes_of_which_most_are_drawn_trade_a_day_in_two_zones()
    {
        (int code, string results, string errors) = await RunAsync(
            new DemoOptions { Homes = 40, Validators = 1, Json = true });

        Assert.True(code == 0, errors);
        using JsonDocument json = JsonDocument.Parse(results);
        JsonElement root = json.RootElement;
        Assert.Equal(96 * 40, root.GetProperty("readings").GetInt32());
        Assert.Equal(0, root.GetProperty("tokenImbalance").GetInt64());
        Assert.Equal(0, root.GetProperty("moneyImbalance").GetInt64());
        JsonElement neighbourhood = root.GetProperty("neighbourhood");
        Assert.Equal(24, neighbourhood.GetProperty("hours").GetArrayLength());
        JsonElement all = neighbourhood.GetProperty("all");
        Assert.InRange(all.GetProperty("lineFullEpochs").GetInt32(), 1, 95);
        Assert.True(all.GetProperty("toSouthWh").GetInt64() > 0);
        Assert.True(all.GetProperty("congestionRentMicro").GetInt64() > 0);
        Assert.Equal(
            root.GetProperty("boughtFromUtilityWh").GetInt64(), all.GetProperty("boughtFromUtilityWh").GetInt64());
        Assert.Equal(root.GetProperty("consumptionWh").GetInt64(), all.GetProperty("consumptionWh").GetInt64());
        Assert.All(
            all.GetProperty("zones").EnumerateArray(),
            zone => Assert.True(zone.GetProperty("tradedWh").GetInt64() + zone.GetProperty("aheadWh").GetInt64() > 0));
    }

    [Fact]
    public async Task A_seed_without_homes_and_a_number_of_homes_that_is_too_great_are_refused()
    {
        (int code, _, string errors) = await RunAsync(new DemoOptions { Seed = 3 });
        Assert.Equal((2, "energynode: --seed draws neighbours; add --homes"), (code, errors.TrimEnd()));

        (code, _, errors) = await RunAsync(new DemoOptions { Homes = 1_001 });
        Assert.Equal(
            (2, "energynode: --homes 1001 is not possible; choose more than are recorded, and at most 1000"),
            (code, errors.TrimEnd()));
    }

    [Fact]
    public async Task A_data_directory_is_kept_with_keys_logs_and_journals()
    {
        using TemporaryDirectory directory = new();
        string data = directory.File("net");

        (int code, string results, string errors) = await RunAsync(
            new DemoOptions { Days = 1, Validators = 1, DataDirectory = data });

        Assert.True(code == 0, errors);
        Assert.StartsWith("kWh; money", results, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(data, "validator-1", "node.log")));
        Assert.True(File.Exists(Path.Combine(data, "validator-1", "data", "journal.db")));
        Assert.True(File.Exists(Path.Combine(data, "keys", "gateway.key")));
    }

    [Theory]
    [InlineData(2, null, null, "--validators 2 is not possible; choose 1, or 4 to 7")]
    [InlineData(4, 5, null, "--kill 5 is not possible; choose a validator from 1 to 4")]
    [InlineData(4, 0, null, "--kill 0 is not possible")]
    [InlineData(4, null, 0, "--days 0 is not possible; choose 1 to 367")]
    [InlineData(4, null, 368, "--days 368 is not possible")]
    public async Task Wrong_options_are_refused_in_one_line(int validators, int? kill, int? days, string message)
    {
        (int code, string results, string errors) = await RunAsync(
            new DemoOptions { Validators = validators, Kill = kill, Days = days });

        Assert.Equal(2, code);
        Assert.Empty(results);
        Assert.StartsWith("energynode: " + message, errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_data_directory_in_use_is_refused_and_left_alone()
    {
        using TemporaryDirectory directory = new();
        File.WriteAllText(directory.File("mine"), "text");

        (int code, _, string errors) = await RunAsync(new DemoOptions { DataDirectory = directory.Path });

        Assert.Equal(2, code);
        Assert.Contains("the directory is not empty", errors, StringComparison.Ordinal);
        Assert.Equal([directory.File("mine")], Directory.EnumerateFileSystemEntries(directory.Path));
    }

    [Fact]
    public async Task A_validator_that_does_not_start_is_reported_with_what_it_said()
    {
        (int code, string results, string errors) = await RunAsync(
            new DemoOptions { Validators = 1, Days = 1, Json = true },
            new ValidatorCommand("/bin/sh", ["-c", "echo no such luck >&2; exit 3"]));

        Assert.Equal(1, code);
        Assert.Empty(results);
        Assert.Equal(
            "energynode: validator-1 stopped unexpectedly with exit code 3; it said: no such luck",
            errors.TrimEnd());
    }

    [Fact]
    public async Task A_program_that_does_not_exist_is_reported()
    {
        (int code, _, string errors) = await RunAsync(
            new DemoOptions { Validators = 1, Json = true }, new ValidatorCommand("/nowhere/energynode", []));
        Assert.Equal(1, code);
        Assert.Contains("/nowhere/energynode cannot be started", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_made_is_the_fault_of_who_named_it()
    {
        (int code, _, string errors) = await RunAsync(
            new DemoOptions { Validators = 1, Days = 1, Json = true, DataDirectory = "/proc/x" });
        Assert.Equal(2, code);
        Assert.StartsWith("energynode: /proc/x: the network cannot be written", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_stops_validators_that_hang()
    {
        using CancellationTokenSource cancelled = new();
        using StringWriter results = new();
        using StringWriter errors = new();
        using TemporaryDirectory directory = new();
        string started = directory.File("started");
        DemoCommand demo = new(
            new DemoTerminal(results, errors, errorsAreTerminal: false),
            new ValidatorCommand("/bin/sh", ["-c", $"trap '' TERM; echo $$ > {started}; while :; do sleep 1; done"]),
            TimeProvider.System);
        Task<int> running = demo.ExecuteAsync(
            new DemoOptions { Validators = 1, Days = 1, Json = true }, cancelled.Token);
        using FileSystemWatcher watcher = new(directory.Path);
        while (!File.Exists(started))
        {
            watcher.WaitForChanged(WatcherChangeTypes.All, TimeSpan.FromMilliseconds(100));
        }

        await cancelled.CancelAsync();

        Assert.Equal(130, await running.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal("energynode: stopped before the end", errors.ToString().TrimEnd());
        Assert.False(Directory.Exists($"/proc/{File.ReadAllText(started).Trim()}"));
    }

    private static async Task<(int Code, string Results, string Errors)> RunAsync(
        DemoOptions options, ValidatorCommand? command = null)
    {
        using StringWriter results = new();
        using StringWriter errors = new();
        int code = await new DemoCommand(
                new DemoTerminal(results, TextWriter.Synchronized(errors), errorsAreTerminal: false),
                command ?? Validator,
                TimeProvider.System)
            .ExecuteAsync(options, CancellationToken.None)
            .WaitAsync(TimeSpan.FromSeconds(150));
        return (code, results.ToString(), errors.ToString());
    }
}
