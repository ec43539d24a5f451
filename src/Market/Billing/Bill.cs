using EnergyNode.Ledger;

namespace EnergyNode.Market.Billing;

/// <summary>
/// An account's bill for a run of closed epochs, from the ledger alone (DEV-9). Money as the account sees it.
/// </summary>
/// <param name="From">The first epoch.</param>
/// <param name="To">The last one.</param>
/// <param name="Items">What the account's statement changed in these epochs, corrections included.</param>
/// <param name="Corrections">What of it is due to corrections that were booked in these epochs.</param>
/// <param name="UtilityIncome">As the utility: what others paid to it less what they got from it; else zero.</param>
/// <param name="FeeIncome">As the grid operator: the fees and rents of full lines that others paid; else zero.</param>
/// <param name="OracleFees">What its oracle operations cost (ORACLE-2).</param>
public sealed record Bill(
    AccountId Account,
    EpochIndex From,
    EpochIndex To,
    Statement Items,
    CorrectionSums Corrections,
    Money UtilityIncome,
    Money FeeIncome,
    Money OracleFees,
    Money BalanceBefore,
    Money BalanceAfter)
{
    /// <summary>What the account pays on balance; below zero what it gets.</summary>
    public Money Total => Items.Bill + OracleFees - UtilityIncome - FeeIncome;

    /// <summary>Deposits less withdrawals in these epochs: what else moved the balance.</summary>
    public Money PaidIn => BalanceAfter - BalanceBefore + Total;

    internal static Bill Of(
        AccountId account, EpochIndex from, EpochIndex to, in BillSnapshot before, in BillSnapshot after) => new(
            account,
            from,
            to,
            Difference(before.Statement, after.Statement),
            new CorrectionSums(
                after.Corrections.Consumption - before.Corrections.Consumption,
                after.Corrections.Generation - before.Corrections.Generation,
                after.Corrections.Cost - before.Corrections.Cost),
            after.UtilityIncome - before.UtilityIncome,
            after.FeeIncome - before.FeeIncome,
            after.OracleFees - before.OracleFees,
            before.Balance,
            after.Balance);

    private static Statement Difference(in Statement before, in Statement after) => new()
    {
        Consumption = after.Consumption - before.Consumption,
        Generation = after.Generation - before.Generation,
        SelfConsumed = after.SelfConsumed - before.SelfConsumed,
        BoughtLocally = after.BoughtLocally - before.BoughtLocally,
        SoldLocally = after.SoldLocally - before.SoldLocally,
        BoughtFromUtility = after.BoughtFromUtility - before.BoughtFromUtility,
        SoldToUtility = after.SoldToUtility - before.SoldToUtility,
        PaidLocally = after.PaidLocally - before.PaidLocally,
        EarnedLocally = after.EarnedLocally - before.EarnedLocally,
        GridFees = after.GridFees - before.GridFees,
        CongestionRent = after.CongestionRent - before.CongestionRent,
        Losses = after.Losses - before.Losses,
        PaidForLosses = after.PaidForLosses - before.PaidForLosses,
        PaidToUtility = after.PaidToUtility - before.PaidToUtility,
        EarnedFromUtility = after.EarnedFromUtility - before.EarnedFromUtility,
        WithoutMarket = after.WithoutMarket - before.WithoutMarket,
    };
}
