using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Certificates;
using EnergyNode.Market.Tests.Books;
using EnergyNode.Market.Tests.Execution;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;

namespace EnergyNode.Market.Tests.Certificates;

/// <summary>Consumption against certificates, by the hour; the first epoch of the fixture begins a full hour.</summary>
public sealed class MatchingTests
{
    [Fact]
    public void Consumption_is_matched_with_what_was_retired_of_the_same_hour()
    {
        (MarketFixture market, MatchingBuilder builder) = Watch("B", 0, null);
        RuleScript.Run(market, """
            gateway: read A 0 0 9; read B 0 4 0; close 0 -> None
            gateway: read B 1 2 0; close 1; close 2; close 3 -> None
            gateway: read A 4 0 5; read B 4 7 0; close 4; close 5 -> None
            gateway: certify A 0; certify A 4 -> None
            A: split A 1 3; retire A 1 B 0 5; pass A 3 B; split A 2 2 -> None
            A: retire A 2 A 0 5 -> None
            B: retire B 3 B 5 5 -> None
            """);
        Assert.Equal("08: 6 9 6 2, 09: 7 0 0 1 | 461538 692307", Show(builder));
        RuleScript.Run(market, """
            A: pass A 4 B -> None
            B: retire B 4 B 0 3 -> None
            """);

        // Of its own hour, but claimed for another: retired, and matched with nothing.
        Assert.Equal("08: 6 9 6 2, 09: 7 2 0 1 | 461538 846153", Show(builder));
    }

    [Fact]
    public void A_surplus_of_one_hour_does_not_help_another()
    {
        (MarketFixture market, MatchingBuilder builder) = Watch("A", 0, 7);
        RuleScript.Run(market, """
            gateway: read A 0 3 9; close 0; close 1; close 2; close 3 -> None
            gateway: read A 4 6 0; close 4; close 5; close 6; close 7; certify A 0 -> None
            A: retire A 1 A 0 7 -> None
            """);
        Assert.Equal("08: 3 9 3 3, 09: 6 0 0 3 | 333333 1000000", Show(builder));
    }

    [Fact]
    public void Corrections_count_until_their_epoch_is_final_and_a_silence_until_it_is_corrected()
    {
        (MarketFixture market, MatchingBuilder builder) = Watch("A", 0, 0);
        market.Run("gateway", Close(0));
        Assert.Equal("08: 0 0 0 1 | - -", Show(builder));
        for (int epoch = 1; epoch < Limits.CorrectionWindowEpochs; epoch++)
        {
            market.Run("gateway", Close(epoch));
        }

        // In the block that makes it final.
        Assert.Equal(672, Limits.CorrectionWindowEpochs);
        RuleScript.Run(market, """
            gateway: correct A 0 1 8 0; close 672; correct A 0 2 9 0 -> None None CorrectionTooLate
            """);
        Assert.Equal("08: 8 0 0 0 | 0 0", Show(builder));
    }

    [Fact]
    public void Reports_of_periods_that_follow_each_other_count_everything_once()
    {
        (MarketFixture market, MatchingBuilder all) = Watch("B", 0, 3);
        MatchingBuilder[] parts = [Watch(market, "B", 0, 1), Watch(market, "B", 2, 3)];
        RuleScript.Run(market, """
            gateway: read A 0 0 5; read B 0 1 0; close 0; read B 1 2 0; close 1 -> None
            gateway: read B 2 3 0; read A 2 0 4; close 2; read B 3 4 0; close 3; certify A 0; certify A 2 -> None
            A: retire A 1 B 0 3; retire A 2 B 0 3 -> None
            """);
        Assert.Equal("08: 10 9 9 0 | 900000 900000", Show(all));
        Assert.Equal("08: 3 5 3 0 | 1000000 1000000", Show(parts[0]));
        Assert.Equal("08: 7 4 4 0 | 571428 571428", Show(parts[1]));
    }

    [Fact]
    public void Epochs_that_are_open_or_longer_than_what_is_left_of_their_hour_are_not_matched()
    {
        (MarketFixture market, MatchingBuilder builder) = Watch("A", 0, 1);
        market.Run("gateway", Close(0));
        Assert.Null(builder.Finish(out string? problem));
        Assert.Equal("epochs 0 to 1 are not all closed; 1 epochs are, from 0 on", problem);

        (MarketFixture odd, MatchingBuilder all) = Watch("A", 0, null, Duration.FromSeconds(2_400));
        odd.Run("gateway", Close(0));
        Assert.NotNull(all.Finish(out problem));
        odd.Run("gateway", Close(1));
        Assert.Null(all.Finish(out problem));
        Assert.Equal("epoch 1 does not lie in one hour, so nothing can be matched by the hour", problem);
    }

    [Fact]
    public void Carbon_is_exact_and_an_hour_that_needs_it_must_have_it()
    {
        (MarketFixture market, MatchingBuilder builder) = Watch("A", 0, null);
        RuleScript.Run(market, """
            gateway: read A 0 9 4; close 0; close 1; close 2; close 3; close 4; certify A 0 -> None
            A: retire A 1 A 0 0 -> None
            """);
        MatchingReport report = builder.Finish(out _)!;
        CarbonSchedule carbon = new([KeyValuePair.Create(FirstEpoch, 170_724L)]);
        MatchingReport with = report.With(carbon, out Instant? missing);
        Assert.Null(missing);
        Assert.Equal((4 * 170_724, 5 * 170_724), (with.AvoidedMicrograms, with.ResidualMicrograms));
        report.With(new CarbonSchedule([]), out missing);
        Assert.Equal(FirstEpoch, missing);
    }

    /// <summary>Against the most that a flow of single Wh finds, for claims of every shape.</summary>
    [Fact]
    public void Nothing_more_could_be_matched()
    {
        for (ulong seed = 1; seed <= 500; seed++)
        {
            Xorshift random = new(seed * 0x9E37_79B9);
            (EpochIndex Epoch, WattHours Energy)[] consumed =
                [.. Enumerable.Range(0, 4).Select(at => (new EpochIndex(at), new WattHours(random.Below(6))))];
            List<RecBundle> bundles = [];
            for (long count = random.Below(6); count > 0; count--)
            {
                EpochIndex from = new(random.Below(5));
                RecClaim claim = new(Account("A"), from, new EpochIndex(from.Value + random.Below(4)), default);
                bundles.Add(new RecBundle(
                    MeterId.Parse("A"), default, Account("A"), 0, new WattHours(1 + random.Below(5)), claim));
            }

            Assert.Equal(MostFlow(consumed, bundles), HourlyMatching.Match(consumed, bundles).Wh);
        }
    }

    /// <summary>Kuhn's algorithm: each Wh of a certificate looks for a Wh of consumption.</summary>
    private static int MostFlow((EpochIndex Epoch, WattHours Energy)[] consumed, List<RecBundle> bundles)
    {
        long[] wanted = [.. consumed.SelectMany(one => Enumerable.Repeat(one.Epoch.Value, (int)one.Energy.Wh))];
        RecClaim[] offered = [.. bundles.SelectMany(one => Enumerable.Repeat(one.Claim!.Value, (int)one.Quantity.Wh))];
        int[] takenBy = [.. wanted.Select(_ => -1)];
        return Enumerable.Range(0, offered.Length).Count(offer => Place(offer, new bool[wanted.Length]));

        bool Place(int offer, bool[] tried)
        {
            for (int at = 0; at < wanted.Length; at++)
            {
                if (!tried[at] && offered[offer].From.Value <= wanted[at] && wanted[at] <= offered[offer].To.Value)
                {
                    tried[at] = true;
                    if (takenBy[at] < 0 || Place(takenBy[at], tried))
                    {
                        takenBy[at] = offer;
                        return true;
                    }
                }
            }

            return false;
        }
    }

    private static (MarketFixture Market, MatchingBuilder Builder) Watch(
        string account, long from, long? to, Duration? epoch = null)
    {
        MarketFixture market = new(["A", "B"], change: genesis => genesis with
        {
            Market = genesis.Market with { EpochLength = epoch ?? genesis.Market.EpochLength },
        });
        return (market, Watch(market, account, from, to));
    }

    private static MatchingBuilder Watch(MarketFixture market, string account, long from, long? to)
    {
        MatchingBuilder builder = new(
            market.State, Account(account), new EpochIndex(from), to is { } last ? new EpochIndex(last) : null);
        market.ClosingObserver += builder.Closing;
        market.EpochObservers.Add(builder.Closed);
        return builder;
    }

    /// <summary>Of each hour what was used, retired, matched and not read; then the scores.</summary>
    private static string Show(MatchingBuilder builder)
    {
        MatchingReport report = builder.Finish(out string? problem)!;
        Assert.Null(problem);
        IEnumerable<string> hours = report.Hours.Select(hour => FormattableString.Invariant(
            $"{hour.Start.Seconds / 3_600 % 24:00}: {hour.Consumption.Wh} {hour.Retired.Wh} ")
            + FormattableString.Invariant($"{hour.Matched.Wh} {hour.Unread}"));
        return FormattableString.Invariant(
            $"{string.Join(", ", hours)} | {Text(report.ScorePpm)} {Text(report.VolumePpm)}");

        static string Text(int? ppm) => ppm is { } value ? FormattableString.Invariant($"{value}") : "-";
    }
}
