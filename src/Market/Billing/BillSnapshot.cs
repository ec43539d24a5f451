using EnergyNode.Ledger;

namespace EnergyNode.Market.Billing;

/// <summary>What the ledger says of an account at one moment.</summary>
/// <param name="Statement">Its business since genesis.</param>
/// <param name="Corrections">What of it is due to corrections.</param>
/// <param name="UtilityIncome">As the utility: what others paid to it less what they got from it; else zero.</param>
/// <param name="FeeIncome">As the grid operator: the fees and rents of full lines that others paid; else zero.</param>
/// <param name="OracleFees">What its oracle operations cost.</param>
internal readonly record struct BillSnapshot(
    Statement Statement,
    CorrectionSums Corrections,
    Money UtilityIncome,
    Money FeeIncome,
    Money OracleFees,
    Money Balance)
{
    public static BillSnapshot Of(LedgerState state, AccountId account)
    {
        Money utility = Money.Zero;
        Money fees = Money.Zero;
        bool isUtility = account == state.Parameters.Utility;
        bool isOperator = account == state.Parameters.GridOperator;
        foreach (AccountId other in isUtility || isOperator ? state.Statements.Keys : [])
        {
            Statement statement = state.Statements[other];
            utility = isUtility
                ? utility.PlusBounded(statement.PaidToUtility - statement.EarnedFromUtility)
                    .PlusBounded(statement.PaidForLosses)
                : utility;
            fees = isOperator
                ? fees.PlusBounded(statement.GridFees).PlusBounded(statement.CongestionRent)
                : fees;
        }

        foreach (AccountId other in isOperator ? state.OracleAccounts.Keys : [])
        {
            fees = fees.PlusBounded(state.OracleAccounts[other].Paid);
        }

        return new BillSnapshot(
            state.Statements.GetOrDefault(account),
            state.CorrectionSums.GetOrDefault(account),
            utility,
            fees,
            state.OracleAccounts.GetOrDefault(account).Paid,
            state.Balances.GetOrDefault(account).Money);
    }
}
