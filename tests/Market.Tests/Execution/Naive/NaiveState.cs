using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Tests.Execution.Naive;

/// <summary>Everything that an atomic batch may have to take back: copied whole.</summary>
internal sealed class NaiveState
{
    public SortedDictionary<string, NaiveAccount> Accounts { get; private set; } = new(System.StringComparer.Ordinal);

    public Dictionary<PublicKey, string> Keys { get; private set; } = [];

    public SortedDictionary<string, NaiveMeter> Meters { get; private set; } = new(System.StringComparer.Ordinal);

    public HashSet<(string Account, string Agent)> Agents { get; private set; } = [];

    public List<NaiveOrder> Orders { get; private set; } = [];

    public BigInteger Retail { get; set; }

    public BigInteger FeedIn { get; set; }

    /// <summary>The totals in the order of their encoding.</summary>
    public BigInteger[] Totals { get; private set; } = new BigInteger[20];

    public NaiveState Copy()
    {
        NaiveState copy = new() { Retail = Retail, FeedIn = FeedIn, GridFee = GridFee };
        foreach ((string name, NaiveAccount account) in Accounts)
        {
            copy.Accounts.Add(name, account.Copy());
        }

        copy.Keys = new(Keys);
        copy.Meters = new(Meters, System.StringComparer.Ordinal);
        copy.Agents = [.. Agents];
        copy.Orders = [.. Orders];
        copy.Totals = [.. Totals];
        return copy;
    }

    public BigInteger GridFee { get; init; }

    public BigInteger MoneyHeld(string account) => Orders
        .Where(order => order.Owner == account)
        .Aggregate(BigInteger.Zero, (sum, order) => sum + order.MoneyHeld(GridFee));

    public BigInteger TokensHeld(string account) => Orders
        .Where(order => order.Owner == account)
        .Aggregate(BigInteger.Zero, (sum, order) => sum + order.TokensHeld());

    public void EndSegment()
    {
        Orders.RemoveAll(order => order.Cancelled);
        for (int i = 0; i < Orders.Count; i++)
        {
            Orders[i] = Orders[i].AtEndOfSegment();
        }
    }

    public bool Known(AccountId account) => Accounts.ContainsKey(account.ToString());

    public BigInteger FreeMoney(AccountId account) =>
        Known(account) ? Accounts[account.ToString()].Money - MoneyHeld(account.ToString()) : 0;

    public BigInteger FreeTokens(AccountId account) =>
        Known(account) ? Accounts[account.ToString()].Tokens - TokensHeld(account.ToString()) : 0;

    public static BigInteger Ceiling(BigInteger dividend, BigInteger divisor) => (dividend + divisor - 1) / divisor;
}
