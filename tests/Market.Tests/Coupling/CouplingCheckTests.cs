using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Clearing;
using EnergyNode.Market.Coupling;
using EnergyNode.Market.Tests.Books;
using EnergyNode.Market.Tests.Execution;
using Xunit;

namespace EnergyNode.Market.Tests.Coupling;

/// <summary>What a ledger says of coupled clearings is confirmed; every lie about them is refuted.</summary>
public sealed class CouplingCheckTests
{
    private static readonly CouplingKey Key = new(new EpochIndex(0), new EpochIndex(0), EnergyQuality.Grid);

    /// <summary>
    /// The liar is consistent: all that he gives follows by the rules from one order with another price, node or
    /// energy.
    /// </summary>
    [Fact]
    public void An_allocation_that_overlooks_or_mistakes_one_order_is_refuted_without_clearing_again()
    {
        int refuted = 0;
        for (int seed = 1; seed <= 4_000; seed++)
        {
            Xorshift random = new(((ulong)seed * 0x9E37_79B9) + 11);
            NetworkNode[] nodes = RandomNetwork.Nodes(random);
            CoupledOrder[] orders = RandomNetwork.Orders(random, nodes.Length);
            CouplingCertificate honest = Certify(nodes, orders);
            Assert.Null(CouplingCheck.Recheck(honest));
            if (orders.Length == 0)
            {
                continue;
            }

            CoupledOrder one = orders[(int)random.Below(orders.Length)];
            CoupledOrder mistaken = random.Below(3) switch
            {
                0 => one with { Order = one.Order with { Price = one.Order.Price + new Price(random.Between(-4, 4)) } },
                1 => one with { Order = one.Order with { Energy = new WattHours(random.Between(1, 9)) } },
                _ => one with { Order = one.Order with { Priority = random.Between(1, 30) * 2 + 1_000 } },
            };
            CouplingCertificate other = Certify(
                nodes, RandomNetwork.Sorted(orders.Select(order => order == one ? mistaken : order)));
            CouplingCertificate lie = other with { Orders = honest.Orders };
            bool same = lie.Trades.SequenceEqual(honest.Trades) && lie.Nodes.SequenceEqual(honest.Nodes);
            Assert.True(same == (CouplingCheck.Recheck(lie) is null), $"seed {seed}");
            refuted += same ? 0 : 1;
        }

        Assert.True(refuted > 800, $"{refuted} lies");
    }

    [Fact]
    public void Every_clearing_of_random_coupled_markets_is_confirmed_and_every_lie_refuted()
    {
        int lies = 0;
        for (int seed = 1; seed <= 25; seed++)
        {
            List<CouplingCertificate> certificates = [];
            MarketFixture market = CoupledMarkets.Run(seed, reverseBooks: false, certificates.Add);
            MarketFixture again = CoupledMarkets.Run(seed, reverseBooks: true, null);
            Assert.Equal(market.State.CommitRoot(), again.State.CommitRoot());
            foreach (CouplingCertificate certificate in certificates)
            {
                CouplingSummary summary = market.State.Couplings[certificate.Key];
                Assert.Null(CouplingCheck.Problem(certificate, summary));
                CouplingFile file = FileOf(market, certificate);
                Assert.Null(file.Problem());
                if (certificate.Trades.Count > 1)
                {
                    lies++;
                    Refute(file, summary, new Xorshift((ulong)seed + 7));
                }
            }
        }

        Assert.True(lies > 50, $"{lies} clearings");
    }

    [Fact]
    public void A_file_reads_back_as_written_and_ends_early_nowhere()
    {
        List<CouplingCertificate> certificates = [];
        MarketFixture market = CoupledMarkets.Run(3, reverseBooks: false, certificates.Add);
        BorshWriter writer = new();
        FileOf(market, certificates.MaxBy(one => one.Trades.Count)!).Encode(writer);
        byte[] bytes = writer.ToArray();
        BorshReader reader = new(bytes);
        CouplingFile read = CouplingFile.Decode(ref reader);
        Assert.True(reader.End());
        Assert.Null(read.Problem());
        for (int length = 0; length < bytes.Length; length++)
        {
            BorshReader early = new(bytes.AsSpan(0, length));
            CouplingFile.Decode(ref early);
            Assert.False(early.End());
        }
    }

    [Fact]
    public void Nodes_and_orders_that_make_no_sense_are_refuted()
    {
        NetworkNode root = new(ZoneId.Parse("z"), null, NetworkNode.NoParent, default, default);
        NetworkNode child = new(ZoneId.Parse("y"), null, 0, new WattHours(5), new WattHours(5));
        CouplingCertificate honest = Certify([root, child], RandomNetwork.Orders(new Xorshift(77), 2));
        Assert.Null(CouplingCheck.Recheck(honest));
        foreach (NetworkNode bad in (NetworkNode[])[
            child with { Parent = 1 }, child with { Parent = 5 }, child with { Parent = -2 },
            child with { Parent = NetworkNode.NoParent }, child with { Feeder = FeederId.Parse("f") }])
        {
            Assert.NotNull(CouplingCheck.Recheck(
                honest with { Nodes = [honest.Nodes[0], honest.Nodes[1] with { Place = bad }] }));
        }

        Assert.NotNull(CouplingCheck.Recheck(
            honest with { Orders = [.. honest.Orders.SkipLast(1), honest.Orders[^1] with { Node = 2 }] }));
        Assert.NotNull(CouplingCheck.Recheck(honest with { Orders = [.. honest.Orders, honest.Orders[^1]] }));
    }

    private static void Refute(CouplingFile file, in CouplingSummary truth, Xorshift random)
    {
        CouplingCertificate honest = file.Certificate;
        int order = (int)random.Below(honest.Orders.Count);
        int trade = (int)random.Below(honest.Trades.Count);
        int node = (int)random.Below(honest.Nodes.Count);
        CoupledTrade one = honest.Trades[trade];
        CouplingNode place = honest.Nodes[node];
        Price price = place.Result.Price ?? default;
        (string What, CouplingCertificate Lie, bool AgainstRules)[] lies =
        [
            ("dropped order", honest with { Orders = [.. honest.Orders.Where((_, i) => i != order)] }, false),
            ("added order", honest with
            {
                Orders = [.. honest.Orders, honest.Orders[^1] with
                {
                    Order = honest.Orders[^1].Order with { Order = new OrderId(999_999), Priority = 999_999 },
                }],
            }, false),
            ("dearer", WithTrade(one with { BidPrice = one.BidPrice + new Price(1) }), true),
            ("cheaper", WithTrade(one with { AskPrice = one.AskPrice - new Price(1) }), true),
            ("more", WithTrade(one with { Energy = new WattHours(one.Energy.Wh + 1) }), true),
            ("other buyer", WithTrade(one with { Bid = one.Ask }), true),
            ("missing trade", honest with { Trades = [.. honest.Trades.Skip(1)] }, true),
            ("other order of trades", honest with { Trades = [.. honest.Trades.Skip(1), honest.Trades[0]] }, true),
            ("volume", honest with { Volume = new WattHours(honest.Volume.Wh + 1) }, true),
            ("rent", honest with { Rent = honest.Rent + new Money(1) }, true),
            ("price", WithNode(place.Result with { Price = price + new Price(1) }), true),
            ("flow", WithNode(place.Result with { Net = new WattHours(place.Result.Net.Wh + 1) }), true),
        ];
        foreach ((string what, CouplingCertificate lie, bool againstRules) in lies)
        {
            Assert.True(CouplingCheck.Problem(lie, truth) is not null, what);
            Assert.True((file with { Certificate = lie }).Problem() is not null, what);
            Assert.True(!againstRules || CouplingCheck.Recheck(lie) is not null, what);
        }

        Assert.NotNull((file with { StateRoot = Hash32.Of("other"u8) }).Problem());
        Assert.NotNull((file with { Certificate = honest with { Key = Key with { Epoch = new EpochIndex(99) } } })
            .Problem());

        CouplingCertificate WithTrade(CoupledTrade changed) =>
            honest with { Trades = [.. honest.Trades.Select((old, i) => i == trade ? changed : old)] };

        CouplingCertificate WithNode(NodeResult changed) =>
            honest with
            {
                Nodes = [.. honest.Nodes.Select((old, i) => i == node ? old with { Result = changed } : old)],
            };
    }

    private static CouplingCertificate Certify(NetworkNode[] nodes, CoupledOrder[] orders)
    {
        NetworkClearing clearing = NetworkClearing.Clear(nodes, orders);
        return CouplingCertificate.Of(
            Key, nodes, clearing.Results, orders, TradePairing.Pair(nodes, orders, clearing));
    }

    private static CouplingFile FileOf(MarketFixture market, CouplingCertificate certificate) => new(
        MarketFixture.Chain,
        market.Height,
        market.State.CommitRoot(),
        market.State.Prove(CouplingFile.LeafKey(certificate.Key)),
        certificate);
}
