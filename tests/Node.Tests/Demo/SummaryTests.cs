using System;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Demo;
using Xunit;

namespace EnergyNode.Node.Tests.Demo;

public sealed class SummaryTests
{
    [Fact]
    public void The_json_object_has_these_members()
    {
        Assert.Equal(
            """
            {
              "validators": 2,
              "consensus": "pos",
              "meters": 3,
              "epochs": 4,
              "readings": 5,
              "quarantined": 0,
              "generationWh": 6,
              "consumptionWh": 7,
              "selfConsumedWh": 8,
              "tradedWh": 9,
              "boughtFromUtilityWh": 10,
              "soldToUtilityWh": 11,
              "orders": 12,
              "refusedOrders": 1,
              "trades": 13,
              "epochsWithoutTrade": 14,
              "mintedMicroWh": 15,
              "burnedMicroWh": 14,
              "tokenSupplyMicroWh": 1,
              "gridFeesMicro": 16,
              "lossesMicroWh": 0,
              "paidForLossesMicro": 0,
              "tokenImbalance": 0,
              "moneyImbalance": 0,
              "blocks": 17,
              "gaps": 0,
              "quarantinedByRule": {
                "unknownMeter": 0,
                "invalidInterval": 0,
                "outOfOrder": 0,
                "duplicate": 0,
                "invalidEnergy": 0,
                "overRating": 0,
                "gap": 0
              },
              "flags": {
                "zeroRun": 0,
                "clippedLoad": 0,
                "importExportMismatch": 0
              },
              "stateRoots": [
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000000"
              ],
              "stateRootsEqual": true,
              "finalityMs": {
                "p50": 1.5,
                "p99": 20
              },
              "elapsedSeconds": 3.2,
              "peakRssMb": [
                1.5,
                2
              ]
            }
            """,
            SummaryJson.Render(Sample()));
    }

    [Fact]
    public void Roots_that_differ_are_said_to_differ()
    {
        DemoSummary summary = Sample();
        DemoSummary split = summary with
        {
            Validators = [summary.Validators[0], summary.Validators[1] with { StateRoot = Hash32.Of("other"u8) }],
        };
        Assert.Contains("\"stateRootsEqual\": false", SummaryJson.Render(split), StringComparison.Ordinal);
        Assert.Contains("DO NOT AGREE", SummaryTable.Render(split), StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_shows_each_home_and_the_sum()
    {
        string[] lines = SummaryTable.Render(Sample()).Split('\n');
        Assert.Equal("home    used  generated  used  bought   sold   bought     sold  bill   market  saved", lines[3]);
        Assert.Equal("home-1   1.5        0.5   0.0     0.0    0.0      0.0      0.0  1.25     2.00   0.75", lines[4]);
        Assert.StartsWith("all      3.0        1.0", lines[6], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.True(line.Length <= 120, line));
        Assert.Contains(lines, line => line.StartsWith("validator-2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, 50, 10)]
    [InlineData(2, 50, 10)]
    [InlineData(100, 50, 500)]
    [InlineData(100, 99, 990)]
    [InlineData(100, 100, 1_000)]
    public void Percentiles_are_by_the_nearest_rank(int count, int percent, double expected)
    {
        DemoProgress progress = new(count);
        foreach (int n in Enumerable.Range(1, count).Reverse())
        {
            progress.Add(new Node.Gateway.BatchFinality(
                Gateway.FakeNetwork.Batch(n), new Height(n), [], TimeSpan.FromMilliseconds(10 * n)));
        }

        Assert.Equal(expected, progress.FinalityMs(percent));
        Assert.Equal(count, progress.FinalEpochs);
        Assert.Equal(new Height(count), progress.Height);
    }

    private static DemoSummary Sample()
    {
        Statement home = new()
        {
            Consumption = new WattHours(1_500),
            Generation = new WattHours(500),
            PaidToUtility = new Money(1_250_000),
            WithoutMarket = new Money(2_000_000),
        };
        return new DemoSummary
        {
            Validators =
            [
                new ValidatorFigures("validator-1", new Height(17), Hash32.Zero, 1_536),
                new ValidatorFigures("validator-2", new Height(17), Hash32.Zero, 2_048),
            ],
            Consensus = ConsensusProtocol.Pos,
            Market = new MarketFigures(
                new Height(17),
                Hash32.Zero,
                3,
                new MarketTotals
                {
                    OpenEpoch = new EpochIndex(4),
                    Readings = 5,
                    Generation = new WattHours(6),
                    Consumption = new WattHours(7),
                    SelfConsumed = new WattHours(8),
                    Traded = new WattHours(9),
                    BoughtFromUtility = new Grid(10_000_000),
                    SoldToUtility = new Grid(11_000_000),
                    Orders = 12,
                    Trades = 13,
                    EpochsWithoutTrade = 14,
                    Minted = new Grid(15),
                    Burned = new Grid(14),
                    GridFees = new Money(16),
                },
                [new HomeBill(AccountId.Parse("home-1"), home), new HomeBill(AccountId.Parse("home-2"), home)],
                0,
                0),
            Input = new ValidationReport(),
            RefusedOrders = 1,
            FinalityMsP50 = 1.5,
            FinalityMsP99 = 20,
            ElapsedSeconds = 3.2,
        };
    }
}
