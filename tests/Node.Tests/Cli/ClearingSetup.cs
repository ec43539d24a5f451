using System.Globalization;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using EnergyNode.Node.Cli;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Setup;
using EnergyNode.Node.Tests.Hosting;

namespace EnergyNode.Node.Tests.Cli;

/// <summary>One home with a meter, what it orders, and what the check of a clearing says of it.</summary>
internal static class ClearingSetup
{
    public static readonly AccountId Home = AccountId.Parse("operator");

    public static readonly MeterId HomeMeter = MeterId.Parse("m1");

    /// <summary>The home reads its meter in the first epoch, then come the other commands.</summary>
    public static async Task ReadAsync(TestNetwork network, long used, long made, params Command[] then)
    {
        using Ed25519Signer key = new(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        GenesisBlock genesis = network.Network.Genesis;
        MeterReading reading = MeterReading.Sign(
            genesis.Chain, HomeMeter, genesis.Market.FirstEpoch, new WattHours(used), new WattHours(made), key);
        await network.ExecuteGoodAsync(
            0,
            [
                new Command.Deposit(Home, new Money(1_000_000)),
                new Command.AssignMeter(HomeMeter, Home, key.PublicKey, 9_000, 9_000),
                new Command.SubmitReading(reading),
                .. then,
            ]);
    }

    public static Command.PlaceOrder Order(Side side, long price, long energy) => new(
        Home, MarketDefaults.Book, side, TimeInForce.GoodTillEpoch, new Price(price), new WattHours(energy));

    public static (int Exit, JsonNode Answer) Verify(string file, string? root = null)
    {
        using StringWriter output = new(CultureInfo.InvariantCulture);
        int exit = new ClearingCommand(output).Verify(file, root, json: true);
        return (exit, JsonNode.Parse(output.ToString())!);
    }
}
