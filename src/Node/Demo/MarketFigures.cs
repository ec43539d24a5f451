using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using EnergyNode.Node.Gateway;

namespace EnergyNode.Node.Demo;

/// <summary>The ledger's figures at one height, as f + 1 validators report them.</summary>
internal sealed record MarketFigures(
    Height Height,
    Hash32 StateRoot,
    int Meters,
    MarketTotals Totals,
    IReadOnlyList<HomeBill> Homes,
    long TokenImbalance,
    long MoneyImbalance)
{
    /// <exception cref="GatewayException">No f + 1 validators agree, or what they say cannot be read.</exception>
    public static async Task<MarketFigures> ReadAsync(QuorumReader reader, CancellationToken cancellation)
    {
        QuorumState state = await reader.ReadAsync(
            [
                [StateTables.Totals],
                [StateTables.Balances],
                [StateTables.Statements],
                [StateTables.Meters],
            ],
            cancellation);
        return Of(state);
    }

    internal static MarketFigures Of(QuorumState state)
    {
        if (state.Parts[0].Count != 1)
        {
            throw new GatewayException("the validators report no totals");
        }

        BorshReader totalsReader = new(state.Parts[0][0].Value);
        MarketTotals totals = MarketTotals.Decode(ref totalsReader);
        if (!totalsReader.End())
        {
            throw new GatewayException("the validators report totals that cannot be read");
        }

        long tokens = 0;
        long money = 0;
        foreach (KeyValuePair<byte[], byte[]> leaf in state.Parts[1])
        {
            BorshReader reader = new(leaf.Value);
            Balance balance = Balance.Decode(ref reader);
            tokens += balance.Tokens.Units;
            money += balance.Money.Micro;
        }

        return new MarketFigures(
            state.Height,
            state.StateRoot,
            state.Parts[3].Count,
            totals,
            [.. state.Parts[2].Select(ReadHome).Where(home => !DemoAccounts.IsReserved(home.Account.ToString()))],
            tokens - (totals.Minted - totals.Burned).Units,
            money - (totals.Deposited - totals.Withdrawn).Micro);
    }

    private static HomeBill ReadHome(KeyValuePair<byte[], byte[]> leaf)
    {
        BorshReader key = new(leaf.Key);
        key.U8();
        BorshReader value = new(leaf.Value);
        return new HomeBill(key.AccountId(), Statement.Decode(ref value));
    }
}
