namespace EnergyNode.Ledger;

/// <summary>
/// Keeps what each epoch was settled by for as long as it can be corrected. The rules DEV-1… are those of
/// docs/spec/settlement.md.
/// </summary>
public static class SettlementRecords
{
    /// <summary>The prices of a close that happens now (DEV-2).</summary>
    public static SettledPrices PricesOf(LedgerState state)
    {
        MarketParameters market = state.Parameters;
        DeviationPrices deviation = state.DeviationPrices;
        return new SettledPrices(
            market.Retail, market.FeedIn, deviation.Short ?? market.Retail, deviation.Long ?? market.FeedIn);
    }

    /// <summary>Sets a row, or removes it where all is zero, so that equal histories have equal roots.</summary>
    public static void Set(LedgerState state, AccountEpoch key, SettledAccount settled)
    {
        if (settled == default)
        {
            state.SettledAccounts.Remove(key);
        }
        else
        {
            state.SettledAccounts.Set(key, settled);
        }
    }

    /// <summary>Whether a closed epoch can still be corrected while another is open (DEV-8).</summary>
    public static bool IsKept(EpochIndex epoch, EpochIndex open) =>
        epoch.Value >= open.Value - Limits.CorrectionWindowEpochs;

    /// <summary>Forgets the epoch that leaves the window with the close of another (DEV-8).</summary>
    public static void Prune(LedgerState state, EpochIndex closing)
    {
        EpochIndex old = new(closing.Value - Limits.CorrectionWindowEpochs);
        if (!state.SettledPrices.Contains(old))
        {
            return;
        }

        state.SettledPrices.Remove(old);
        foreach (MeterId meter in state.Meters.Keys)
        {
            state.SettledMeters.Remove(new MeterEpoch(meter, old));
        }

        foreach (AccountId account in state.Balances.Keys)
        {
            state.SettledAccounts.Remove(new AccountEpoch(account, old));
        }
    }
}
