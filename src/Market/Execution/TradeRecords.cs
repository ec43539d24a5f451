using EnergyNode.Ledger;

namespace EnergyNode.Market.Execution;

/// <summary>What statements and totals say of a trade that is paid.</summary>
internal static class TradeRecords
{
    /// <param name="paid">What moved from buyer to seller; below zero from seller to buyer.</param>
    /// <param name="rent">What the buyer paid because a line was full.</param>
    public static void Record(
        LedgerState state, AccountId buyer, AccountId seller, WattHours energy, Money paid, Money fee, Money rent)
    {
        Statement bought = state.Statements.GetOrDefault(buyer);
        state.Statements.Set(
            buyer,
            bought with
            {
                BoughtLocally = bought.BoughtLocally + energy,
                PaidLocally = bought.PaidLocally.PlusBounded(paid),
                GridFees = bought.GridFees.PlusBounded(fee),
                CongestionRent = bought.CongestionRent.PlusBounded(rent),
            });
        Statement sold = state.Statements.GetOrDefault(seller);
        state.Statements.Set(
            seller,
            sold with
            {
                SoldLocally = sold.SoldLocally + energy,
                EarnedLocally = sold.EarnedLocally.PlusBounded(paid),
            });
        state.Totals = state.Totals with
        {
            GridFees = state.Totals.GridFees.PlusBounded(fee),
            CongestionRent = state.Totals.CongestionRent.PlusBounded(rent),
        };
    }
}
