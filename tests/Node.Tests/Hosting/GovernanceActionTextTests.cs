using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Node.Hosting;
using Xunit;

namespace EnergyNode.Node.Tests.Hosting;

public sealed class GovernanceActionTextTests
{
    private static readonly (GovernanceAction Action, string Text)[] Lines =
    [
        (new GovernanceAction.SetPrice(MarketPrice.GridFee, new Price(5)), "set grid fee to 5 micro per kWh"),
        (new GovernanceAction.SetPrice(MarketPrice.Retail, new Price(6)), "set retail price to 6 micro per kWh"),
        (new GovernanceAction.SetPrice(MarketPrice.FeedIn, new Price(7)), "set feed-in price to 7 micro per kWh"),
        (new GovernanceAction.SetGrace(Duration.FromMillis(1_500)), "set grace to 1.5 s"),
        (new GovernanceAction.SetEpochLength(Duration.FromSeconds(900)), "set epoch length to 900 s"),
        (new GovernanceAction.SetBook(BookId.Parse("north"), BookParameters.Default),
            $"set book north: {BookParameters.Default.Mechanism}, open"),
        (new GovernanceAction.SetPause(null, true), "pause the market"),
        (new GovernanceAction.SetPause(BookId.Parse("north"), false), "resume book north"),
        (new GovernanceAction.SetRole(AccountId.Parse("bob"), Role.Treasury, true),
            "give role Treasury, account bob"),
        (new GovernanceAction.SetTerms(new GovernanceTerms(2, Duration.FromSeconds(60))),
            "set threshold to 2, least lock to 60 s"),
        (new GovernanceAction.UpgradeProtocol(2, new Height(9)), "upgrade to version 2 at block 9"),
        (new GovernanceAction.SetValidator(default, Label.Parse("v5"), 3),
            $"set validator v5 to power 3, key {default(PublicKey)}"),
        (new GovernanceAction.ChangeConsensus(new ConsensusRules(ConsensusProtocol.Pos, null), new Height(9)),
            "change consensus to pos at block 9"),
        (new GovernanceAction.SetLine(
            ZoneId.Parse("south"), new GridLine(ZoneId.Parse("north"), 5_000, 4_000)),
            "set zone south below north: 5000 W up, 4000 W down"),
        (new GovernanceAction.SetLine(ZoneId.Parse("north"), new GridLine(null, 0, 0)),
            "set zone north below none: 0 W up, 0 W down"),
        (new GovernanceAction.SetDistanceFees(new Price(1), new Price(2)),
            "set grid fees to 1 (feeder), 2 (zone) micro per kWh"),
        (new GovernanceAction.SetDeviationPrices(new Price(3), null),
            "set deviation prices to 3 micro per kWh short, feed-in long"),
        (new GovernanceAction.SetOracleTerms(new OracleTerms(new Money(4), 5)),
            "set oracle operations to 4 micro each, 5 per epoch (0: no limit)"),
        (new GovernanceAction.SetLossFactors(
            new LossFactors(new LossFactor(1), new LossFactor(2), new LossFactor(3))),
            "set loss factors to 1 ppm (feeder), 2 ppm (zone), 3 ppm (across zones)"),
    ];

    [Fact]
    public void Every_action_is_told_in_a_line()
    {
        Assert.All(Lines, line => Assert.Equal(line.Text, GovernanceActionText.Of(line.Action)));
        Assert.Equal(
            typeof(GovernanceAction).GetNestedTypes().Length,
            Lines.Select(line => line.Action.GetType()).Distinct().Count());
    }
}
