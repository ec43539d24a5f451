using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
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

/// <summary>A clearing goes out of a real node's journal, and an outsider re-checks it with the file alone.</summary>
public sealed class ClearingCommandTests
{
    [Fact]
    public async Task An_exported_clearing_is_confirmed_and_every_lie_about_it_is_refuted()
    {
        await using TestNetwork network = new(1);
        await network.StartAsync(0);
        await ReadAsync(
            network,
            0,
            100,
            Order(Side.Sell, 50_000, 30),
            Order(Side.Sell, 60_000, 70),
            Order(Side.Buy, 130_000, 40),
            Order(Side.Buy, 110_000, 10),
            new Command.CloseEpoch(default));
        string file = network.File("clearing.bin");
        Refused(1, "", () => Export(network.DataOf(0), 0, file));
        await network.StopAsync(0);
        Assert.Contains("4 orders, 3 trades", Export(network.DataOf(0), 0, file));

        (int exit, JsonNode honest) = Verify(file);
        Assert.Equal((0, true), (exit, (bool)honest["ok"]!));
        Assert.Equal(50, (long)honest["volumeWh"]!);
        string root = (string)honest["stateRoot"]!;
        Assert.Equal(0, Verify(file, root).Exit);
        Assert.Equal(1, Verify(file, new string('0', 64)).Exit);

        byte[] bytes = File.ReadAllBytes(file);
        foreach ((string what, string reason, Func<ClearingCertificate, ClearingCertificate> lie) in Lies())
        {
            File.WriteAllBytes(file, Encode(Decode(bytes) with { Certificate = lie(Decode(bytes).Certificate) }));
            (exit, JsonNode found) = Verify(file);
            Assert.Equal((what, 1), (what, exit));
            Assert.Contains(reason, (string)found["problem"]!);
            using StringWriter text = new(CultureInfo.InvariantCulture);
            Assert.Equal(1, new ClearingCommand(text).Verify(file, null, json: false));
            Assert.Contains($"WRONG: {found["problem"]}", text.ToString());
        }

        Flip(file, bytes, root);
        Refused(1, "was not cleared in epoch 1", () => Export(network.DataOf(0), 1, file));
        Refused(2, "cannot be written", () => Export(network.DataOf(0), 0, network.File("no/such/place")));
        Refused(2, "no such directory", () => Export(network.DataOf(0) + "-elsewhere", 0, file));
        Refused(2, "cannot be read", () => new ClearingCommand(TextWriter.Null).Verify(file + "x", null, json: true));
    }

    private static IEnumerable<(string, string, Func<ClearingCertificate, ClearingCertificate>)> Lies() =>
    [
        ("dropped order", "one is missing", one => one with { Orders = [.. one.Orders.Skip(1)] }),
        ("moved order", "stands elsewhere", one => one with
        {
            Orders = [one.Orders[1], one.Orders[0], .. one.Orders.Skip(2)],
        }),
        ("other order price", "changed", one => one with
        {
            Orders = [one.Orders[0] with { Price = new Price(119_999) }, .. one.Orders.Skip(1)],
        }),
        ("dropped trade", "trades", one => one with { Trades = [.. one.Trades.Skip(1)] }),
        ("other trade price", "trades", one => one with
        {
            Trades = [one.Trades[0] with { Price = new Price(1) }, .. one.Trades.Skip(1)],
        }),
        ("other price", "price", one => one with { Price = new Price(one.Price!.Value.MicroPerKwh + 1) }),
        ("other volume", "volume", one => one with { Volume = new WattHours(51) }),
        ("other epoch", "proof", one => one with { Epoch = new EpochIndex(1) }),
        ("other mechanism", "mechanism", one => one with { Mechanism = BookMechanism.PayAsBidAuction }),
    ];

    /// <summary>No bit of the file can change unnoticed by who knows the state root, but the words before it.</summary>
    private static void Flip(string file, byte[] honest, string root)
    {
        // The version, the chain's name with its length, and the height.
        int header = 2 + 4 + Decode(honest).Chain.ToString().Length + 8;
        for (int at = header; at < honest.Length; at++)
        {
            byte[] bad = (byte[])honest.Clone();
            bad[at] ^= (byte)(1 << (at % 8));
            File.WriteAllBytes(file, bad);
            try
            {
                Assert.True(Verify(file, root).Exit == 1, $"byte {at}");
            }
            catch (CommandFailedException refused)
            {
                Assert.Equal(ExitCodes.Usage, refused.ExitCode);
            }
        }
    }

    private static string Export(string directory, long epoch, string file)
    {
        using StringWriter output = new(CultureInfo.InvariantCulture);
        Assert.Equal(0, new ClearingCommand(output).Export(directory, epoch, MarketDefaults.Book.ToString(), file));
        return output.ToString();
    }

    private static ClearingFile Decode(byte[] bytes)
    {
        BorshReader reader = new(bytes);
        return ClearingFile.Decode(ref reader);
    }

    private static byte[] Encode(ClearingFile file)
    {
        BorshWriter writer = new();
        file.Encode(writer);
        return writer.ToArray();
    }

    /// <summary>By the command itself, or by what opens journals while a node runs.</summary>
    private static void Refused(int exit, string message, Action run)
    {
        Exception failure = Assert.ThrowsAny<Exception>(run);
        (int Exit, string Message) told = FailureText.Of(failure)!.Value;
        Assert.Equal(exit, told.Exit);
        Assert.Contains(message, told.Message);
    }
}
