using System;
using System.Globalization;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using EnergyNode.Market.Clearing;
using EnergyNode.Node.Cli;
using EnergyNode.Node.Setup;
using EnergyNode.Node.Tests.Hosting;
using Xunit;
using static EnergyNode.Node.Tests.Cli.ClearingSetup;

namespace EnergyNode.Node.Tests.Cli;

/// <summary>As <see cref="ClearingCommandTests"/>, of a book in a zone of the network.</summary>
public sealed class CoupledClearingTests
{
    [Fact]
    public async Task A_clearing_of_coupled_books_goes_out_by_one_of_them_and_is_confirmed()
    {
        await using TestNetwork network = new(1);
        string genesis = network.ConfigurationOf(0).GenesisFile;
        GenesisBlock coupled = GenesisFile.Load(genesis) with
        {
            Lines = [new GenesisLine(ZoneId.Parse("local"), default)],
        };
        File.Delete(genesis);
        GenesisFile.Save(genesis, coupled);
        await network.StartAsync(0);
        FeederId feeder = FeederId.Parse("small");
        await ReadAsync(
            network,
            0,
            100,
            new Command.RegisterFeeder(feeder, ZoneId.Parse("local"), 100),
            new Command.ConnectMeter(HomeMeter, feeder, 9_000, MeterDirection.Both),
            Order(Side.Sell, 60_000, 70),
            Order(Side.Buy, 130_000, 25),
            Order(Side.Buy, 10_000, 10),
            new Command.CloseEpoch(default));
        await network.StopAsync(0);
        string file = network.File("clearing.bin");
        using StringWriter text = new(CultureInfo.InvariantCulture);
        Assert.Equal(0, new ClearingCommand(text).Export(
            network.DataOf(0), 0, MarketDefaults.Book.ToString(), file));
        Assert.Contains(
            "coupled grid books, epoch 0, delivery 0: 2 nodes, 3 orders, 1 trades, 25Wh, rent 0", text.ToString(),
            StringComparison.Ordinal);

        (int exit, JsonNode honest) = Verify(file);
        Assert.Equal((0, true), (exit, (bool)honest["ok"]!));
        Assert.Equal("small", (string?)honest["nodes"]![1]!["feeder"]);
        Assert.Equal(60_000, (long)honest["nodes"]![1]!["priceMicroPerKwh"]!);
        byte[] bytes = File.ReadAllBytes(file);
        BorshReader reader = new(bytes);
        CouplingFile read = CouplingFile.Decode(ref reader);
        BorshWriter writer = new();
        (read with
        {
            Certificate = read.Certificate with { Orders = [.. read.Certificate.Orders[1..]] },
        }).Encode(writer);
        File.WriteAllBytes(file, writer.WrittenSpan);
        (exit, JsonNode lie) = Verify(file);
        Assert.Equal((1, false), (exit, (bool)lie["ok"]!));
        Assert.Contains("one is missing", (string)lie["problem"]!, StringComparison.Ordinal);
    }
}
