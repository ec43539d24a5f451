using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Tests.Execution.Naive;

/// <summary>
/// Forward books, ordinary and block orders as simply as they can be written: lists, searched from the start, and one
/// thing after the other. A block order is tried on a copy of everything, which replaces the original when all is well.
/// </summary>
internal sealed class NaiveForwards(IReadOnlyList<GenesisBook> books, BigInteger fee, BigInteger retail)
{
    private readonly List<(string Book, NaiveForward? Arrives, long Cancels)> _segment = [];

    public List<NaiveForward> Orders { get; private init; } = [];

    /// <summary>Contracts in the order of trades.</summary>
    public List<(string Book, string Buyer, string Seller, BigInteger Wh, BigInteger Price, BigInteger Due,
        BigInteger Collateral)> Positions
    { get; private init; } = [];

    public long Numbers { get; private set; }

    public Dictionary<string, BigInteger> Money { get; init; } = [];

    public BigInteger Held(string account) =>
        Orders.Where(order => order.Owner == account)
            .Aggregate(BigInteger.Zero, (sum, order) => sum + Hold(order, order.Rest))
        + Positions.Aggregate(BigInteger.Zero, (sum, one) =>
            sum + (one.Buyer == account ? one.Due : 0) + (one.Seller == account ? one.Collateral : 0));

    public BigInteger Free(string account) => Money[account] - Held(account);

    /// <summary>What a block order of a buyer cannot do without.</summary>
    public BigInteger Fees(long epochs, BigInteger wh) => epochs * NaiveState.Ceiling(fee * wh, 1_000);

    public (LedgerError Error, long Value) Place(
        string account, string book, bool buys, string force, BigInteger limit, BigInteger wh)
    {
        NaiveForward order = new(0, account, book, buys, force, limit, wh);
        BigInteger hold = Hold(order, wh);
        if (Free(account) < hold)
        {
            return (LedgerError.InsufficientBalance, 0);
        }

        NaiveForward numbered = order with { Id = ++Numbers };
        Orders.Add(numbered with { Pending = true });
        _segment.Add((book, numbered, 0));
        return (LedgerError.None, Numbers);
    }

    /// <summary>What the book declines at the end of the segment is in the list of errors then.</summary>
    public LedgerError Cancel(string account, long id)
    {
        NaiveForward? order = Orders.Find(one => one.Id == id && !one.Leaving);
        if (order is null)
        {
            return LedgerError.OrderNotFound;
        }

        if (order.Owner != account)
        {
            return LedgerError.UnauthorizedCancellation;
        }

        Orders[Orders.IndexOf(order)] = order with { Leaving = true };
        _segment.Add((order.Book, null, id));
        return LedgerError.None;
    }

    /// <summary>The numbers of orders whose cancellation came too late.</summary>
    public HashSet<long> EndSegment()
    {
        HashSet<long> late = [];
        foreach (GenesisBook book in books.OrderBy(one => one.Book))
        {
            foreach ((string name, NaiveForward? arrives, long cancels) in _segment)
            {
                if (name != book.Book.ToString())
                {
                    continue;
                }

                if (arrives is null)
                {
                    if (Orders.RemoveAll(order => order.Id == cancels) == 0)
                    {
                        late.Add(cancels);
                    }

                    continue;
                }

                NaiveForward placed = Orders.Find(order => order.Id == arrives.Id)!;
                bool fills = arrives.Force != "fok" || Reachable(arrives, ownEnds: false) >= arrives.Rest;
                if (fills)
                {
                    Match(placed.Id);
                }

                if (arrives.Force != "gtc")
                {
                    Orders.RemoveAll(order => order.Id == arrives.Id);
                }

                int left = Orders.FindIndex(order => order.Id == arrives.Id);
                if (left >= 0)
                {
                    Orders[left] = Orders[left] with { Pending = false };
                }
            }
        }

        _segment.Clear();
        return late;
    }

    /// <param name="after">What the market is after it, if it is filled.</param>
    public (LedgerError Error, long Value) Block(
        string account, bool buys, long first, long epochs, BigInteger limit, BigInteger wh, out NaiveForwards after)
    {
        after = this;
        string?[] names = [.. Enumerable.Range(0, (int)epochs).Select(i => NameOf(first + i))];
        if (names.Contains(null))
        {
            return (LedgerError.BookNotFound, 0);
        }

        NaiveForwards copy = Copy();
        BigInteger worstHold = 0;
        BigInteger value = 0;
        foreach (string name in names.Order(System.StringComparer.Ordinal)!)
        {
            NaiveForward part = new(
                ++copy.Numbers, account, name, buys, "fok", buys ? 300_000 : -100_000, wh);
            if (copy.Reachable(part, ownEnds: true) < wh)
            {
                return (LedgerError.BlockNotFilled, 0);
            }

            int before = copy.Positions.Count;
            copy.Orders.Add(part);
            BigInteger worst = copy.Match(part.Id);
            part = part with { Limit = buys ? worst + fee : worst };
            worstHold += Hold(part, wh);
            for (int i = before; i < copy.Positions.Count; i++)
            {
                value += copy.Positions[i].Wh * copy.Positions[i].Price;
            }

            copy.SetCollateral(before, part);
        }

        // The average, as a fraction: value / all energy against the limit.
        BigInteger all = wh * epochs;
        if (buys ? value > (limit - fee) * all : value < limit * all)
        {
            return (LedgerError.BlockNotFilled, 0);
        }

        if (Free(account) < worstHold)
        {
            return (LedgerError.InsufficientBalance, 0);
        }

        after = copy;
        return (LedgerError.None, Numbers + 1);
    }

    private string? NameOf(long delivery) => books
        .Where(one => one.Parameters.Forward!.Value.Delivery.Value == delivery)
        .OrderByDescending(one => one.Parameters.Mechanism == BookMechanism.Continuous).ThenBy(one => one.Book)
        .Select(one => one.Book.ToString()).FirstOrDefault();

    private NaiveForwards Copy() => new(books, fee, retail)
    {
        Orders = [.. Orders],
        Positions = [.. Positions],
        Numbers = Numbers,
        Money = Money,
    };

    private BigInteger Hold(NaiveForward order, BigInteger wh) => order.Buys
        ? NaiveState.Ceiling(BigInteger.Max(order.Limit, fee) * wh, 1_000)
        : NaiveState.Ceiling(BigInteger.Max(retail - order.Limit, 0) * wh, 1_000);

    private BigInteger BookPrice(NaiveForward order) => order.Buys ? order.Limit - fee : order.Limit;

    private NaiveForward? Best(NaiveForward taker) => Orders
        .Where(one => one.Book == taker.Book && one.Buys != taker.Buys && !one.Pending)
        .Where(one => taker.Buys ? BookPrice(one) <= BookPrice(taker) : BookPrice(one) >= BookPrice(taker))
        .OrderBy(one => taker.Buys ? BookPrice(one) : -BookPrice(one)).ThenBy(one => one.Id).FirstOrDefault();

    private BigInteger Reachable(NaiveForward taker, bool ownEnds)
    {
        NaiveForwards copy = Copy();
        BigInteger sum = 0;
        while (copy.Best(taker) is { } maker && !(ownEnds && maker.Owner == taker.Owner))
        {
            sum += maker.Rest;
            copy.Orders.Remove(maker);
        }

        return sum;
    }

    /// <returns>The price of the last trade.</returns>
    private BigInteger Match(long id)
    {
        BigInteger price = 0;
        while (Orders.Find(order => order.Id == id) is { } taker && Best(taker) is { } maker)
        {
            price = BookPrice(maker);
            BigInteger wh = BigInteger.Min(taker.Rest, maker.Rest);
            (NaiveForward bid, NaiveForward ask) = taker.Buys ? (taker, maker) : (maker, taker);
            BigInteger cost = BigInteger.Max(price, 0) * wh / 1_000;
            Positions.Add((
                taker.Book, bid.Owner, ask.Owner, wh, price, cost + (fee * wh / 1_000),
                Hold(ask, ask.Rest) - Hold(ask, ask.Rest - wh)));
            Reduce(taker, wh);
            Reduce(maker, wh);
        }

        return price;
    }

    private void Reduce(NaiveForward order, BigInteger wh)
    {
        int at = Orders.IndexOf(order);
        Orders[at] = order with { Rest = order.Rest - wh };
        if (Orders[at].Rest == 0)
        {
            Orders.RemoveAt(at);
        }
    }

    /// <summary>The seller's part of a block holds by its worst price, which is known after its trades.</summary>
    private void SetCollateral(int from, NaiveForward part)
    {
        BigInteger left = part.Rest;
        for (int i = from; i < Positions.Count && !part.Buys; i++)
        {
            BigInteger collateral = Hold(part, left) - Hold(part, left - Positions[i].Wh);
            left -= Positions[i].Wh;
            Positions[i] = Positions[i] with { Collateral = collateral };
        }
    }
}
