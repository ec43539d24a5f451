using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>
/// Runs a table of signed batches, one block for each line: <c>SIGNER [atomic|inorder]: COMMAND; COMMAND -> Error
/// Error</c>.
/// A line <c>= NAME a b c d</c> states an account's money, money held, tokens, tokens held. A single error stands for
/// all
/// commands of its line.
/// </summary>
internal static class RuleScript
{
    public static void Run(MarketFixture market, string script)
    {
        int number = 0;
        foreach (string line in script.Split('\n', StringSplitOptions.TrimEntries))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            string actual = line[0] == '=' ? State(market, line) : Batch(market, line);
            Assert.True(line == actual, $"line {number}\nexpected {line}\nactual   {actual}");
        }
    }

    private static string State(MarketFixture market, string line)
    {
        string name = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        Balance balance = market.State.Balances.GetOrDefault(Account(name));
        return FormattableString.Invariant(
            $"= {name} {balance.Money.Micro:N0} {balance.MoneyHeld.Micro:N0} ") + FormattableString.Invariant(
            $"{balance.Tokens.Units:N0} {balance.TokensHeld.Units:N0}");
    }

    private static string Batch(MarketFixture market, string line)
    {
        string[] halves = line.Split(" -> ");
        int colon = halves[0].IndexOf(':', StringComparison.Ordinal);
        string[] head = halves[0][..colon].Split(' ');
        Command[] commands = [.. halves[0][(colon + 1)..].Split(';').Select(CommandText.Parse)];
        BatchFlags flags = head.Length == 1 ? BatchFlags.None : head[1] == "atomic" ? BatchFlags.Atomic
            : BatchFlags.InOrder;
        IReadOnlyList<Receipt> receipts = market.Run(head[0], flags, commands);
        string[] errors = [.. receipts.Select(receipt => receipt.Error.ToString())];
        string[] shown = errors.Distinct().Count() == 1 && !halves[1].Contains(' ', StringComparison.Ordinal)
            ? errors[..1]
            : errors;
        return $"{halves[0]} -> {string.Join(' ', shown)}";
    }
}
