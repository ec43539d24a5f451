using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Execution;

/// <summary>
/// The end of an epoch, after clearing: each account's contracts against its own meters. Tokens up to the metered
/// import are burned, what is left over goes to the utility at the long price and is burned, and what is lacking is
/// charged at the short price. Never fails: an account may go below zero and then owes. No token of the epoch is left.
/// The rules DEV-1… are those of docs/spec/settlement.md.
/// </summary>
internal sealed class UtilitySettlement(LedgerState state, Postings postings, ForwardSettlement forwards)
{
    private readonly Dictionary<AccountId, Metered> _metered = [];
    private SettledPrices _prices;

    public void Settle()
    {
        EpochIndex epoch = state.Totals.OpenEpoch;
        SettlementRecords.Prune(state, epoch);
        _prices = SettlementRecords.PricesOf(state);
        state.SettledPrices.Set(epoch, _prices);
        ReadMeters(epoch);
        AccountId utility = state.Parameters.Utility;
        foreach (AccountId account in state.Balances.Keys)
        {
            if (account != utility)
            {
                SettleAccount(new AccountEpoch(account, epoch), utility, _metered.GetValueOrDefault(account));
            }
        }

        SettleAccountOfUtility(utility);
    }

    /// <summary>DEV-3: a meter without a reading counts as zero, and that is on record, too.</summary>
    private void ReadMeters(EpochIndex epoch)
    {
        _metered.Clear();
        foreach (MeterId id in state.Meters.Keys)
        {
            Meter meter = state.Meters[id];
            SettledMeter settled = meter.ReadFor == epoch
                ? new SettledMeter(meter.Owner, meter.Consumption, meter.Generation, 0)
                : new SettledMeter(meter.Owner, WattHours.Zero, WattHours.Zero, 0);
            state.SettledMeters.Set(new MeterEpoch(id, epoch), settled);
            Metered sum = _metered.GetValueOrDefault(meter.Owner);
            _metered[meter.Owner] = new Metered(sum.Import + settled.Import, sum.Export + settled.Export);
        }
    }

    private void SettleAccount(AccountEpoch place, AccountId utility, Metered metered)
    {
        AccountId account = place.Account;
        Grid import = metered.Import.ToGrid();
        Grid tokens = state.Balances[account].FreeTokens;
        Int128 credit = forwards.CreditOf(account);
        Int128 lacking = forwards.LackingOf(account);
        Grid lost = LossRules.Take(state, account);
        if (tokens == Grid.Zero && credit == 0 && lacking == 0 && lost == Grid.Zero
            && metered == default)
        {
            return;
        }

        Grid covered = Grid.Min(tokens, import);
        if (covered > Grid.Zero)
        {
            postings.Burn(account, covered);
        }

        Grid left = tokens - covered;
        if (left > Grid.Zero)
        {
            postings.MoveTokens(account, utility, left);
            postings.Burn(utility, left);
        }

        // DEV-1, DEV-2
        Deviation residual = new(tokens.Units + credit - import.Units - lacking);
        Money earned = postings.Pay(utility, account, _prices.Earned(residual));
        Money paid = postings.Pay(account, utility, _prices.Paid(residual));
        SettlementRecords.Set(state, place, new SettledAccount(residual, metered.Import, metered.Export, lost));
        Record(account, metered, residual, paid, earned);
        ChargeLosses(account, utility, lost);
    }

    /// <summary>GRID-13</summary>
    private void ChargeLosses(AccountId account, AccountId utility, Grid lost)
    {
        if (lost == Grid.Zero)
        {
            return;
        }

        Money paid = postings.Pay(account, utility, _prices.OfLosses(lost));
        Statement statement = state.Statements.GetOrDefault(account);
        state.Statements.Set(
            account,
            statement with
            {
                Losses = statement.Losses.PlusBounded(lost),
                PaidForLosses = statement.PaidForLosses.PlusBounded(paid),
            });
        MarketTotals totals = state.Totals;
        state.Totals = totals with
        {
            Losses = totals.Losses.PlusBounded(lost),
            PaidForLosses = totals.PaidForLosses.PlusBounded(paid),
        };
    }

    /// <summary>
    /// Tokens that somebody gave to the utility end here too; it pays itself nothing for them, nor for what it lacks.
    /// </summary>
    private void SettleAccountOfUtility(AccountId utility)
    {
        Grid tokens = state.Balances[utility].FreeTokens;
        if (tokens > Grid.Zero)
        {
            postings.Burn(utility, tokens);
        }

        MarketTotals totals = state.Totals;
        state.Totals = totals with
        {
            BoughtFromUtility = totals.BoughtFromUtility.PlusBounded(
                new Deviation(-forwards.LackingOf(utility)).Lacked),
        };
    }

    private void Record(AccountId account, Metered metered, Deviation residual, Money paid, Money earned)
    {
        Statement statement = state.Statements.GetOrDefault(account);
        state.Statements.Set(
            account,
            statement with
            {
                BoughtFromUtility = statement.BoughtFromUtility.PlusBounded(residual.Lacked),
                SoldToUtility = statement.SoldToUtility.PlusBounded(residual.LeftOver),
                PaidToUtility = statement.PaidToUtility.PlusBounded(paid),
                EarnedFromUtility = statement.EarnedFromUtility.PlusBounded(earned),
                WithoutMarket = statement.WithoutMarket + _prices.WithoutMarket(metered.Import, metered.Export),
            });
        MarketTotals totals = state.Totals;
        state.Totals = totals with
        {
            BoughtFromUtility = totals.BoughtFromUtility.PlusBounded(residual.Lacked),
            SoldToUtility = totals.SoldToUtility.PlusBounded(residual.LeftOver),
        };
    }

    private readonly record struct Metered(WattHours Import, WattHours Export);
}
