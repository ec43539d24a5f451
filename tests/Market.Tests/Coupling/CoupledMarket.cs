using System;
using EnergyNode.Ledger;
using EnergyNode.Market.Clearing;
using EnergyNode.Market.Tests.Execution;

namespace EnergyNode.Market.Tests.Coupling;

/// <summary>
/// Two zones, the south below the north, each with a spot and a forward book. N1 and N2 are on the feeder n1, S1 on s1,
/// S2 and S3 on the small s2; E is nowhere.
/// </summary>
internal static class CoupledMarket
{
    public const long ImportW = 8_000;

    public static readonly string[] Homes = ["N1", "N2", "S1", "S2", "S3", "E"];

    public static MarketFixture Make(
        long exportW,
        bool reverseBooks = false,
        Action<CouplingCertificate>? observer = null,
        Action<ClearingCertificate>? clearingObserver = null)
    {
        MarketFixture market = new(Homes, reverseBooks: reverseBooks, change: genesis => genesis with
        {
            Lines =
            [
                new GenesisLine(ZoneId.Parse("north"), default),
                new GenesisLine(ZoneId.Parse("south"), new GridLine(ZoneId.Parse("north"), exportW, ImportW)),
            ],
            Books =
            [
                .. genesis.Books,
                Book("north", "north", null),
                Book("south", "south", null),
                Book("north-1", "north", new ForwardTerms(new EpochIndex(1), 0, 1)),
                Book("south-1", "south", new ForwardTerms(new EpochIndex(1), 0, 1)),
            ],
        })
        {
            CouplingObserver = observer,
            ClearingObserver = clearingObserver,
        };
        RuleScript.Run(market, """
            gateway: feeder n1 north 100,000; feeder s1 south 100,000; feeder s2 south 1,000 -> None
            gateway: connect N1 n1 24,000 both; connect N2 n1 24,000 both; connect S1 s1 24,000 both -> None
            gateway: connect S2 s2 24,000 both; connect S3 s2 24,000 both -> None
            """);
        return market;
    }

    private static GenesisBook Book(string name, string zone, ForwardTerms? forward) => new(
        BookId.Parse(name),
        BookParameters.Default with
        {
            Zone = Label.Parse(zone),
            Floor = new Price(-100_000),
            Forward = forward,
        });
}
