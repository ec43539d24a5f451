using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using EnergyNode.Ledger;
using Command = System.CommandLine.Command;
using LedgerCommand = EnergyNode.Ledger.Command;

namespace EnergyNode.Node.Client;

/// <summary><c>energynode oracle prepay</c>: money set aside for oracle operations, docs/spec/oracle.md.</summary>
internal static class PrepayCommand
{
    private const string AmountName = "amount";

    public static Command Build()
    {
        Argument<string> amount = new(AmountName)
        {
            Description = "micro-units, all that is to be set aside, not the difference; 0 frees it",
        };
        Command prepay = new(
            "prepay",
            "Sets how much of an account's money is set aside for its oracle operations.\n\n"
            + "Example: energynode oracle prepay 5000000 --config net/validator-1/cluster.hocon --keys net")
        {
            amount,
        };
        return new Command("oracle", "Pays for oracle operations.")
        {
            ClientCommand.Build(prepay, parsed => ToPrepay(new Words(
                new Dictionary<string, string?> { [AmountName] = parsed.GetValue(amount) }))),
        };
    }

    /// <exception cref="Cli.CommandFailedException">The amount is wrong.</exception>
    internal static Func<AccountId, Instant, ClientRequest> ToPrepay(Words words)
    {
        Money money = new(words.Number(AmountName, 0, Limits.MaxMoneyMicro));
        return (account, _) => new ClientRequest(
            new LedgerCommand.PrepayOracle(account, money),
            null,
            _ => string.Create(
                CultureInfo.InvariantCulture, $"{money.Micro} micro-units of {account} are set aside"));
    }
}
