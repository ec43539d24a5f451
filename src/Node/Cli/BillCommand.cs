using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Text.Json.Nodes;
using EnergyNode.Ledger;
using EnergyNode.Market.Billing;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Hosting;
using Command = System.CommandLine.Command;

namespace EnergyNode.Node.Cli;

/// <summary>
/// <c>energynode bill</c>: an account's bill out of a stopped node's journal, which it executes from genesis on.
/// </summary>
internal sealed class BillCommand(TextWriter output)
{
    public static Command Build()
    {
        AccountPeriod.Options period = new("whose bill");
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "bill",
            "An account's bill for a run of epochs, from a stopped node's journal alone.\n\n"
            + "Example: energynode bill --dir net/validator-1/data --account B01 --from 96 --to 191")
        {
            json,
        };
        period.AddTo(command);
        command.SetAction(parsed =>
        {
            (string directory, string account, long from, long? to) = period.Read(parsed);
            return new BillCommand(Console.Out).Run(directory, account, from, to, parsed.GetValue(json));
        });
        return command;
    }

    /// <exception cref="CommandFailedException">
    /// There is no such account or period, or the journal is not sound.
    /// </exception>
    internal int Run(string directory, string accountName, long from, long? to, bool json)
    {
        AccountPeriod period = AccountPeriod.Parse(accountName, from, to);
        StoppedNode node = StoppedNode.Open(directory);
        LedgerState state = node.State;
        BillBuilder builder = new(state, period.Account, period.From, period.To);
        ChainVerification chain = node.Execute(
            new ChainVerification(node.Genesis, state, new Ed25519Verifier()) { EpochObserver = builder.Close });
        period.RequireIn(state);
        Bill bill = builder.Result ?? throw new CommandFailedException(
            ExitCodes.Failed,
            string.Create(
                CultureInfo.InvariantCulture,
                $"epochs {from} to {to ?? from} are not all closed; ")
            + string.Create(CultureInfo.InvariantCulture, $"{state.Totals.OpenEpoch.Value} epochs are, from 0 on"));
        output.WriteLine(json ? Json(bill, chain).ToJsonString() : Text(bill, chain));
        return ExitCodes.Ok;
    }

    private static string Text(Bill bill, ChainVerification chain)
    {
        Statement items = bill.Items;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {bill.Account}, epochs {bill.From} to {bill.To}; money in micro-units
              used                    {items.Consumption.Wh,20:N0} Wh
              generated               {items.Generation.Wh,20:N0} Wh
              of it used at home      {items.SelfConsumed.Wh,20:N0} Wh
              bought locally          {items.PaidLocally.Micro,20:N0}   {items.BoughtLocally.Wh:N0} Wh
              grid fees               {items.GridFees.Micro,20:N0}
              rent of full lines      {items.CongestionRent.Micro,20:N0}
              losses on the way       {items.PaidForLosses.Micro,20:N0}   {items.Losses.Units:N0} µWh
              sold locally            {-items.EarnedLocally.Micro,20:N0}   {items.SoldLocally.Wh:N0} Wh
              bought from the utility {items.PaidToUtility.Micro,20:N0}   {items.BoughtFromUtility.Units:N0} µWh
              sold to the utility     {-items.EarnedFromUtility.Micro,20:N0}   {items.SoldToUtility.Units:N0} µWh
              income as the utility   {-bill.UtilityIncome.Micro,20:N0}
              income of fees and rents{-bill.FeeIncome.Micro,20:N0}
              oracle operations       {bill.OracleFees.Micro,20:N0}
              to pay                  {bill.Total.Micro,20:N0}
              of it by corrections    {bill.Corrections.Cost.Micro,20:N0}
              without a market        {items.WithoutMarket.Micro,20:N0}
              balance before          {bill.BalanceBefore.Micro,20:N0}
              paid in less paid out   {bill.PaidIn.Micro,20:N0}
              balance after           {bill.BalanceAfter.Micro,20:N0}
            height {chain.Height}, state root {chain.StateRoot}
            """);
    }

    private static JsonObject Json(Bill bill, ChainVerification chain)
    {
        Statement items = bill.Items;
        return new JsonObject
        {
            ["account"] = bill.Account.ToString(),
            ["fromEpoch"] = bill.From.Value,
            ["toEpoch"] = bill.To.Value,
            ["consumptionWh"] = items.Consumption.Wh,
            ["generationWh"] = items.Generation.Wh,
            ["selfConsumedWh"] = items.SelfConsumed.Wh,
            ["boughtLocallyWh"] = items.BoughtLocally.Wh,
            ["paidLocallyMicro"] = items.PaidLocally.Micro,
            ["gridFeesMicro"] = items.GridFees.Micro,
            ["congestionRentMicro"] = items.CongestionRent.Micro,
            ["lossesMicroWh"] = items.Losses.Units,
            ["paidForLossesMicro"] = items.PaidForLosses.Micro,
            ["soldLocallyWh"] = items.SoldLocally.Wh,
            ["earnedLocallyMicro"] = items.EarnedLocally.Micro,
            ["boughtFromUtilityMicroWh"] = items.BoughtFromUtility.Units,
            ["paidToUtilityMicro"] = items.PaidToUtility.Micro,
            ["soldToUtilityMicroWh"] = items.SoldToUtility.Units,
            ["earnedFromUtilityMicro"] = items.EarnedFromUtility.Micro,
            ["utilityIncomeMicro"] = bill.UtilityIncome.Micro,
            ["feeIncomeMicro"] = bill.FeeIncome.Micro,
            ["oracleFeesMicro"] = bill.OracleFees.Micro,
            ["totalMicro"] = bill.Total.Micro,
            ["correctedConsumptionWh"] = bill.Corrections.Consumption.Wh,
            ["correctedGenerationWh"] = bill.Corrections.Generation.Wh,
            ["correctionsMicro"] = bill.Corrections.Cost.Micro,
            ["withoutMarketMicro"] = items.WithoutMarket.Micro,
            ["balanceBeforeMicro"] = bill.BalanceBefore.Micro,
            ["paidInMicro"] = bill.PaidIn.Micro,
            ["balanceAfterMicro"] = bill.BalanceAfter.Micro,
            ["height"] = chain.Height.Value,
            ["stateRoot"] = chain.StateRoot.ToString(),
        };
    }
}
