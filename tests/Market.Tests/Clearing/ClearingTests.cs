using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Clearing;
using EnergyNode.Market.Tests.Books;
using EnergyNode.Market.Tests.Execution;
using Xunit;

namespace EnergyNode.Market.Tests.Clearing;

/// <summary>What a ledger says of its clearings is confirmed; every lie about them is refuted.</summary>
public sealed class ClearingTests
{
    [Theory]
    [InlineData(BookMechanism.CallAuction)]
    [InlineData(BookMechanism.PayAsBidAuction)]
    public void Every_clearing_of_random_markets_is_confirmed_and_every_lie_refuted(BookMechanism mechanism)
    {
        int cleared = 0;
        for (ulong seed = 1; seed <= 60; seed++)
        {
            Xorshift random = new((seed * 0x9E37_79B9) + 5);
            (MarketFixture market, List<ClearingCertificate> certificates) = Run(mechanism, random);
            foreach (ClearingCertificate certificate in certificates)
            {
                BookEpoch key = new(certificate.Book, certificate.Epoch);
                ClearingSummary summary = market.State.Clearings[key];
                Assert.Null(ClearingCheck.Problem(certificate, summary));
                ClearingFile file = FileOf(market, certificate);
                Assert.Null(file.Problem());
                if (certificate.Trades.Count > 1)
                {
                    cleared++;
                    Refute(file, summary, random);
                }
            }
        }

        Assert.True(cleared > 50, $"{cleared} clearings");
    }

    [Fact]
    public void A_file_reads_back_as_written_and_ends_early_nowhere()
    {
        (MarketFixture market, List<ClearingCertificate> certificates) = Run(
            BookMechanism.CallAuction, new Xorshift(99));
        BorshWriter writer = new();
        FileOf(market, certificates[^1]).Encode(writer);
        byte[] bytes = writer.ToArray();
        BorshReader reader = new(bytes);
        ClearingFile read = ClearingFile.Decode(ref reader);
        Assert.True(reader.End());
        Assert.Null(read.Problem());
        for (int length = 0; length < bytes.Length; length++)
        {
            BorshReader early = new(bytes.AsSpan(0, length));
            ClearingFile.Decode(ref early);
            Assert.False(early.End());
        }
    }

    /// <summary>Whatever roots a liar gives, the rules refute him; a dropped order the state.</summary>
    private static void Refute(ClearingFile file, in ClearingSummary truth, Xorshift random)
    {
        ClearingCertificate honest = file.Certificate;
        int order = (int)random.Below(honest.Orders.Count);
        int trade = (int)random.Below(honest.Trades.Count);
        List<ClearingOrder> dropped = [.. honest.Orders.Where((_, i) => i != order)];
        List<ClearingOrder> swapped = [.. honest.Orders];
        int next = (order + 1) % swapped.Count;
        (swapped[order], swapped[next]) = (swapped[next], swapped[order]);
        ClearingTrade one = honest.Trades[trade];
        (string What, ClearingCertificate Lie, bool AgainstRules)[] lies =
        [
            ("dropped order", honest with { Orders = dropped }, false),
            ("other order", honest with { Orders = swapped }, true),
            ("dearer", honest with { Trades = With(trade, one with { Price = one.Price + new Price(1) }) }, true),
            ("smaller", honest with { Trades = With(trade, one with { Energy = new(one.Energy.Wh + 1) }) }, true),
            ("other taker", honest with { Trades = With(trade, one with { Bid = new(one.Bid.Value + 1) }) }, true),
            ("missing trade", honest with { Trades = [.. honest.Trades.Skip(1)] }, true),
            ("last missing", honest with { Trades = [.. honest.Trades.SkipLast(1)] }, true),
            ("volume", honest with { Volume = new WattHours(honest.Volume.Wh + 1) }, true),
            ("price", honest with { Price = new Price((honest.Price?.MicroPerKwh ?? 0) + 1) }, true),
        ];
        foreach ((string what, ClearingCertificate lie, bool againstRules) in lies)
        {
            Assert.True(ClearingCheck.Problem(lie, truth) is not null, what);
            Assert.True((file with { Certificate = lie }).Problem() is not null, what);
            Assert.True(!againstRules || ClearingCheck.Recheck(lie) is not null, what);
        }

        Assert.NotNull((file with { StateRoot = Hash32.Of("other"u8) }).Problem());
        Assert.NotNull((file with { Certificate = honest with { Epoch = honest.Epoch.Next } }).Problem());

        List<ClearingTrade> With(int index, ClearingTrade changed) =>
            [.. honest.Trades.Select((old, i) => i == index ? changed : old)];
    }

    private static ClearingFile FileOf(MarketFixture market, ClearingCertificate certificate) => new(
        MarketFixture.Chain,
        market.Height,
        market.State.CommitRoot(),
        market.State.Prove(ClearingFile.LeafKey(certificate.Book, certificate.Epoch)),
        certificate);

    private static (MarketFixture Market, List<ClearingCertificate> Certificates) Run(
        BookMechanism mechanism, Xorshift random)
    {
        List<ClearingCertificate> certificates = [];
        MarketFixture market = new(["A", "B", "C"], change: genesis => genesis with
        {
            Books = [new GenesisBook(MarketFixture.Book, BookParameters.Default with
            {
                Mechanism = mechanism,
                Floor = new Price(-50_000),
            })],
        })
        { ClearingObserver = certificates.Add };
        for (int epoch = 0; epoch < 3; epoch++)
        {
            List<string> texts = [$"read A {epoch} 0 900", $"read C {epoch} 0 900"];
            for (int i = 0; i < 14; i++)
            {
                string side = random.Below(2) == 0
                    ? $"bid {"ABC"[(int)random.Below(3)]}"
                    : $"ask {"AC"[(int)random.Below(2)]}";
                texts.Add($"{side} home-spot {10_000 * random.Between(-4, 9)} {random.Between(1, 150)} gtc");
                texts.Add(
                    $"replace A {random.Between(1, 40)} {10_000 * random.Between(-4, 9)} {random.Between(1, 50)}");
            }

            market.Run("gateway", [.. texts.Select(CommandText.Parse), MarketFixture.Close(epoch)]);
        }

        return (market, certificates);
    }
}
