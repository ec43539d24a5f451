using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using EnergyNode.Node.Demo;
using EnergyNode.Node.Load;
using Xunit;

namespace EnergyNode.Node.Tests.Load;

public sealed class LoadCommandTests
{
    [Fact]
    public async Task A_short_load_is_executed_and_accounted_for()
    {
        (int code, string results, string errors) = await RunAsync(new LoadOptions
        {
            Validators = 1,
            OrdersPerMinute = 6_000,
            ReadingsPerMinute = 15_000,
            Seconds = 3,
            WarmUpSeconds = 1,
            Json = true,
        });

        Assert.True(results.Length > 0, errors);
        using JsonDocument json = JsonDocument.Parse(results);
        JsonElement root = json.RootElement;
        Assert.Equal(root.GetProperty("kept").GetBoolean() ? 0 : 1, code);
        Assert.True(root.GetProperty("orders").GetProperty("executed").GetInt64() > 0);
        Assert.True(root.GetProperty("readings").GetProperty("executed").GetInt64() > 0);
        Assert.InRange(root.GetProperty("machineBusy").GetDouble(), 0, 1);
        JsonElement[] work = [.. root.GetProperty("work").EnumerateArray()];
        Assert.Equal(
            ["signatures", "consensus", "market", "mempool", "other actors", "journal", "rest", "all"],
            work.Select(row => row.GetProperty("work").GetString()!));
        long[] micros = [.. work.Select(row => row.GetProperty("cpuMicros").GetInt64())];
        Assert.All(micros[..6], spent => Assert.True(spent > 0));
        Assert.Equal(micros[^1], micros[..^1].Sum());
    }

    [Fact]
    public void The_table_says_when_the_rates_were_not_reached()
    {
        string kept = LoadReport.Text(Sample(334));
        string missed = LoadReport.Text(Sample(329));

        Assert.Equal(
            """
            1.0 s measured after 20 s under load; 4 validators (pbft), 500 meters, 2 batches in 3 blocks

            a minute  asked for  executed
            orders       20,000    20,040
            readings     10,000    10,020
            trades                    600

            machine busy 50.0% of 2 processors: validators 10.0%, gateway 5.0%, and whatever else ran
            finality 20 ms (median), 40 ms (99th percentile)

            validators' processor time    s   share
            signatures                  0.1   30.0%
            all                         0.2  100.0%

            """,
            kept);
        Assert.DoesNotContain("NOT", kept, StringComparison.Ordinal);
        Assert.EndsWith("\nTHE RATES WERE NOT REACHED\n", missed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 20_000, 10_000, 60, "--validators 2 is not possible; choose 1, or 4 to 7")]
    [InlineData(4, 600_001, 10_000, 60, "--orders-per-minute 600001 is not possible; choose 0 to 600000")]
    [InlineData(4, -1, 10_000, 60, "--orders-per-minute -1 is not possible; choose 0 to 600000")]
    [InlineData(4, 0, 59, 60, "--readings-per-minute 59 is not possible; choose 60 to 600000")]
    [InlineData(4, 60_000, 60, 60, "--orders-per-minute 60000 is not possible; choose fewer than 1000 for each")]
    [InlineData(4, 20_000, 10_000, 1, "--seconds 1 is not possible; choose 2 to 86400")]
    public async Task Wrong_options_are_refused_in_one_line(
        int validators, int orders, int readings, int seconds, string message)
    {
        (int code, string results, string errors) = await RunAsync(new LoadOptions
        {
            Validators = validators,
            OrdersPerMinute = orders,
            ReadingsPerMinute = readings,
            Seconds = seconds,
        });

        Assert.Equal(2, code);
        Assert.Empty(results);
        Assert.StartsWith("energynode: " + message, errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }

    private static LoadFigures Sample(long orders) => new()
    {
        Options = new LoadOptions(),
        Begin = Snapshot(0, 0, 0, default, 0),
        End = Snapshot(
            50,
            100,
            3,
            new MarketTotals
            {
                Orders = orders,
                Readings = 167,
                Trades = 10,
            },
            200_000),
        Elapsed = TimeSpan.FromSeconds(1),
        FinalityMs = [40, 20],
        Processors = 2,
    };

    private static LoadSnapshot Snapshot(long busy, long all, long height, MarketTotals totals, long micros) => new(
        0,
        new MachineTime(busy, all),
        TimeSpan.FromMicroseconds(micros / 2),
        new Height(height),
        totals,
        [[new("signatures", micros * 3 / 10), new("all", micros)]]);

    private static async Task<(int Code, string Results, string Errors)> RunAsync(LoadOptions options)
    {
        using StringWriter results = new();
        using StringWriter errors = new();
        int code = await new LoadCommand(
                new DemoTerminal(results, TextWriter.Synchronized(errors), errorsAreTerminal: false),
                new ValidatorCommand("dotnet", [Path.Combine(AppContext.BaseDirectory, "energynode.dll")]),
                TimeProvider.System)
            .ExecuteAsync(options, CancellationToken.None)
            .WaitAsync(TimeSpan.FromSeconds(150));
        return (code, results.ToString(), errors.ToString());
    }
}
