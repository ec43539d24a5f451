using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Market.Tests.Books;
using EnergyNode.Market.Tests.Execution;
using Xunit;

namespace EnergyNode.Market.Tests.Metering.Vee;

/// <summary>
/// VEE-19 through the ledger: of a broken series only what was measured is minted and certified, and the epochs of
/// estimates are settled without a reading.
/// </summary>
public sealed class MintingTests
{
    private const string Home = "B01";
    private static readonly ReadingFile Recorded = Inputs.RealReadings();

    [Theory]
    [InlineData(VeeRule.Gap)]
    [InlineData(VeeRule.Negative)]
    [InlineData(VeeRule.AboveRating)]
    [InlineData(VeeRule.AboveNameplate)]
    [InlineData(VeeRule.Spike)]
    [InlineData(VeeRule.StuckValue)]
    public void Not_one_unit_is_minted_on_an_estimate(VeeRule rule)
    {
        List<MeterSample> samples = VeeSeries.Of(Recorded, Home);
        new FaultInjector(new Xorshift(7 + (ulong)rule), rule).Inject(samples);
        VeeResult result = VeeEngine.Run(
            VeeSeries.Connection(Home), samples, Recorded.FirstStart, Recorded.LastStart, new VeeSettings());
        MarketFixture market = new([Home]);
        HashSet<long> measured = [];
        for (int epoch = 0; epoch < result.Intervals.Count; epoch++)
        {
            List<Command> commands = [MarketFixture.Close(epoch)];
            if (result.Intervals[epoch] is VeeInterval.Measured one)
            {
                measured.Add(epoch);
                Assert.Equal((one.Raw!.Value.Consumption, one.Raw!.Value.Generation),
                    (one.Reading.Consumption, one.Reading.Generation));
                commands.Insert(0, new Command.SubmitReading(
                    one.Reading.Sign(MarketFixture.Chain, new KeyedSigner("meter-" + Home))));
            }

            Assert.All(market.Run("gateway", [.. commands]), receipt => Assert.Equal(LedgerError.None, receipt.Error));
        }

        Assert.InRange(measured.Count, 1, result.Intervals.Count - 1);
        Assert.Contains(result.Intervals, interval => interval is VeeInterval.Estimated);
        long generated = result.Intervals.OfType<VeeInterval.Measured>().Sum(one => one.Reading.Generation.Wh);
        Assert.Equal(new WattHours(generated).ToGrid(), market.State.Totals.Minted);
        Assert.All(market.State.Generation.Keys, place => Assert.Contains(place.Epoch.Value, measured));
    }
}
