using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Configuration;
using EnergyNode.Node.Hosting;
using EnergyNode.Node.Oracle;
using EnergyNode.Node.Setup;
using Xunit;

namespace EnergyNode.Node.Tests.Oracle;

/// <summary>A market whose first epoch is long ago, and deliveries written as <c>meter@epoch=Wh</c>.</summary>
internal static class OracleFixture
{
    public static readonly Instant First = Instant.FromSeconds(1_470_038_400);

    public static readonly MarketParameters Market = new(
        MarketClock.Oracle,
        First,
        MarketDefaults.EpochLength,
        MarketDefaults.Grace,
        MarketDefaults.GridFee,
        MarketDefaults.Retail,
        MarketDefaults.FeedIn,
        AccountId.Parse("utility"),
        AccountId.Parse("grid"));

    /// <summary>Long after all epochs of the tests.</summary>
    public static readonly Instant Now = First.Plus(Duration.FromSeconds(100_000_000));

    public static NodeLog Log => new(TextWriter.Null, NodeLogLevel.Off, System.TimeProvider.System);

    public static HashSet<MeterId> Meters(params string[] meters) => [.. meters.Select(MeterId.Parse)];

    public static OracleStream Stream(params string[] meters) =>
        new(Market, Meters(meters), Duration.FromSeconds(60));

    public static byte[] Csv(string readings)
    {
        IEnumerable<string> rows = readings.Split(' ').Select(static reading =>
        {
            string[] parts = reading.Split('@', '=');
            Instant start = Market.StartOf(new EpochIndex(long.Parse(parts[1])));
            return $"{UtcTime.Render(start)},{parts[0]},{parts[2]},0,{parts[2]},0";
        });
        return Encoding.UTF8.GetBytes(ReadingFileParser.Header + "\n" + string.Join('\n', rows) + "\n");
    }

    public static Delivery Delivery(string readings) => DeliveryParser.Parse(Csv(readings), out _)!;

    /// <summary>The outcome of a delivery that is decided.</summary>
    public static DeliveryOutcome Outcome(Delivery delivery)
    {
        Assert.True(delivery.Decided.IsCompletedSuccessfully);
        return delivery.Decided.Result;
    }

    /// <summary>Confirmed, already, closed, refused.</summary>
    public static (int Confirmed, int Already, int Closed, int Refused) Counts(DeliveryOutcome outcome) =>
        (outcome.Confirmed, outcome.Already, outcome.Closed, outcome.RefusedCount);
}
