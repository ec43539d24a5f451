namespace EnergyNode.Ledger;

/// <summary>
/// What is lost on the way of traded energy, from the trade to the close that charges it. The rules GRID-11… are those
/// of docs/spec/grid.md.
/// </summary>
public static class LossRules
{
    /// <summary>Adds what a delivery of the open epoch loses to what its buyer owes for (GRID-12).</summary>
    internal static void Add(LedgerState state, AccountId buyer, AccountId seller, WattHours energy)
    {
        LossFactors factors = state.LossFactors;
        if (factors == default || buyer == state.Parameters.Utility)
        {
            return;
        }

        Grid lost = factors.Over(DistanceRules.Between(state, buyer, seller)).Of(energy);
        if (lost > Grid.Zero)
        {
            state.OpenLosses.Set(buyer, state.OpenLosses.GetOrDefault(buyer).PlusBounded(lost));
        }
    }

    /// <summary>Takes what an account has lost in the open epoch, which closes (GRID-13).</summary>
    internal static Grid Take(LedgerState state, AccountId account)
    {
        if (!state.OpenLosses.TryGet(account, out Grid lost))
        {
            return Grid.Zero;
        }

        state.OpenLosses.Remove(account);
        return lost;
    }

    /// <summary>GRID-11</summary>
    internal static LedgerError Check(LossFactors factors) =>
        factors.IsValid ? LedgerError.None : LedgerError.InvalidParameter;
}
