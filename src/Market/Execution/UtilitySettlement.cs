using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Execution;

/// <summary>
/// The end of an epoch, after clearing: the tokens that a home bought are burned up to its metered import, what nobody
/// bought goes to the utility at the feed-in tariff and is burned, and import that nothing covers is charged at the
/// retail tariff. Never fails: an account may go below zero and then owes. No token of the epoch is left.
/// </summary>
internal sealed class UtilitySettlement(LedgerState state, Postings postings, ForwardSettlement forwards)
{
    private readonly Dictionary<AccountId, Metered> _metered = [];

    public void Settle()
    {
        ReadMeters();
        AccountId utility = state.Parameters.Utility;
        foreach (AccountId account in state.Balances.Keys)
        {
            if (account != utility)
            {
                SettleAccount(account, utility, _metered.GetValueOrDefault(account));
            }
        }

        SettleAccountOfUtility(utility);
    }

    private void ReadMeters()
    {
        _metered.Clear();
        foreach (MeterId id in state.Meters.Keys)
        {
            Meter meter = state.Meters[id];
            if (meter.ReadFor == state.Totals.OpenEpoch)
            {
                Metered sum = _metered.GetValueOrDefault(meter.Owner);
                _metered[meter.Owner] = new Metered(
                    sum.Import + meter.Import, sum.Export + meter.Generation + meter.Import - meter.Consumption);
            }
        }
    }

    private void SettleAccount(AccountId account, AccountId utility, Metered metered)
    {
        MarketParameters parameters = state.Parameters;
        Grid import = metered.Import.ToGrid();
        Grid tokens = state.Balances[account].FreeTokens;
        Grid credit = forwards.CreditOf(account);
        if (tokens == Grid.Zero && credit == Grid.Zero && metered == default)
        {
            return;
        }

        Grid covered = Grid.Min(tokens, import);
        if (covered > Grid.Zero)
        {
            postings.Burn(account, covered);
        }

        Grid credited = Grid.Min(credit, import - covered);
        Grid left = tokens - covered;
        if (left > Grid.Zero)
        {
            postings.MoveTokens(account, utility, left);
            postings.Burn(utility, left);
        }

        Grid unsold = left + credit - credited;
        Money earned = postings.Pay(utility, account, parameters.FeedIn.CostFloor(unsold));
        Grid uncovered = import - covered - credited;
        Money paid = postings.Pay(account, utility, parameters.Retail.CostFloor(uncovered));
        Record(account, metered, uncovered, unsold, paid, earned);
    }

    /// <summary>Tokens that somebody gave to the utility end here too; it pays itself nothing for them.</summary>
    private void SettleAccountOfUtility(AccountId utility)
    {
        Grid tokens = state.Balances[utility].FreeTokens;
        if (tokens > Grid.Zero)
        {
            postings.Burn(utility, tokens);
        }
    }

    private void Record(AccountId account, Metered metered, Grid uncovered, Grid unsold, Money paid, Money earned)
    {
        MarketParameters parameters = state.Parameters;
        Statement statement = state.Statements.GetOrDefault(account);
        state.Statements.Set(
            account,
            statement with
            {
                BoughtFromUtility = statement.BoughtFromUtility.PlusBounded(uncovered),
                SoldToUtility = statement.SoldToUtility.PlusBounded(unsold),
                PaidToUtility = statement.PaidToUtility.PlusBounded(paid),
                EarnedFromUtility = statement.EarnedFromUtility.PlusBounded(earned),
                WithoutMarket = statement.WithoutMarket + parameters.Retail.CostFloor(metered.Import)
                    - parameters.FeedIn.CostFloor(metered.Export),
            });
        MarketTotals totals = state.Totals;
        state.Totals = totals with
        {
            BoughtFromUtility = totals.BoughtFromUtility.PlusBounded(uncovered),
            SoldToUtility = totals.SoldToUtility.PlusBounded(unsold),
        };
    }

    private readonly record struct Metered(WattHours Import, WattHours Export);
}
