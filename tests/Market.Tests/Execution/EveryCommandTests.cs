using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Tests.Books;
using Xunit;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>
/// What holds for all commands, those to come included: a refused one changes nothing but its signer's nonce, and its
/// error is one that the page names for it.
/// </summary>
public sealed class EveryCommandTests
{
    private static readonly Dictionary<LedgerError, string> Documented = File
        .ReadLines(TestFiles.InDocs("spec", "ledger.md"))
        .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
        .Where(cells => cells.Length == 4 && Enum.TryParse(cells[1], out LedgerError _))
        .ToDictionary(cells => Enum.Parse<LedgerError>(cells[1]), cells => cells[0] + " " + cells[2]);

    public static TheoryData<string> Commands() => [.. AccessTests.Commands];

    [Fact]
    public void The_page_names_every_error_with_its_number()
    {
        Assert.Equal(Enum.GetValues<LedgerError>().Skip(1).Order(), Documented.Keys.Order());
        Assert.All(Documented, row => Assert.StartsWith(
            ((ushort)row.Key).ToString(CultureInfo.InvariantCulture) + " ", row.Value, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void From_anybody_with_any_field_a_refused_command_changes_nothing(string text)
    {
        Command command = CommandText.Parse(text);
        Command[] variants = [command, .. CommandVariants.Of(command)];
        foreach (Action<MarketFixture> change in (Action<MarketFixture>[])[AsItIs, WithoutTokens, PausedWithoutMoney])
        {
            foreach (string signer in AccessTests.Signers)
            {
                MarketFixture market = AccessTests.Community();
                change(market);
                foreach (Command variant in variants)
                {
                    for (int times = 0; times < 2 && HasKey(market, signer); times++)
                    {
                        Refuse(market, signer, variant);
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_suspended_signer_gets_nothing_done_but_what_takes_back(string text)
    {
        Command command = CommandText.Parse(text);
        if (AccessTests.AllowedSigner(command) is not { } signer)
        {
            return;
        }

        foreach (string status in (string[])["suspended", "inactive"])
        {
            MarketFixture market = AccessTests.Community();
            RuleScript.Run(market, $"gateway: status {signer} {status} -> None");
            LedgerError error = Refuse(market, signer, command);
            bool takesBack = command is Command.CancelOrder or Command.CancelAll or Command.CancelTransfer
                or Command.RevokeKey or Command.SubmitEvidence;
            LedgerError expected = takesBack ? LedgerError.None
                : status == "inactive" ? LedgerError.UserInactive : LedgerError.UserSuspended;
            Assert.Equal(expected, error);
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void An_atomic_batch_that_fails_takes_every_command_back(string text)
    {
        Command command = CommandText.Parse(text);
        if (AccessTests.AllowedSigner(command) is not { } signer)
        {
            return;
        }

        MarketFixture market = AccessTests.Community();
        string before = Picture(market);
        IReadOnlyList<Receipt> receipts = market.Run(
            signer, BatchFlags.Atomic, command, CommandText.Parse("deposit nobody 1"));
        LedgerError expected = command is Command.CloseEpoch or Command.CancelAll or Command.PlaceBlockOrder
            ? LedgerError.NotInAtomicBatch
            : LedgerError.AtomicBatchFailed;
        Assert.Equal(expected, receipts[0].Error);
        Assert.Equal(before, Picture(market));
    }

    private static void AsItIs(MarketFixture market) =>
        RuleScript.Run(market, "A: burn A 0 -> InvalidAmount");

    private static void WithoutTokens(MarketFixture market) =>
        RuleScript.Run(market, "A: unlock A 1; burn A 1,000,000 -> None");

    /// <summary>Oracle operations are not paid for either, and nobody but a shared account has anything free.</summary>
    private static void PausedWithoutMoney(MarketFixture market)
    {
        foreach (AccountId account in market.State.Balances.Keys)
        {
            if (market.State.Circles.Contains(new CircleOf(account, CircleKind.Members)))
            {
                continue;
            }

            Money free = market.State.Balances[account].FreeMoney;
            RuleScript.Run(market, FormattableString.Invariant($"{account}: prepay {account} {free.Micro} -> None"));
        }

        market.State.OracleTerms = new OracleTerms(new Money(Limits.MaxOracleFeeMicro), 1);
        market.State.Governance = market.State.Governance with { IsMarketPaused = true };
        market.State.CommitRoot();
    }

    /// <summary>Not after its own command has replaced or revoked it.</summary>
    private static bool HasKey(MarketFixture market, string signer) =>
        market.State.AccountsByKey.Contains(MarketFixture.Key(signer));

    private static LedgerError Refuse(MarketFixture market, string signer, Command command)
    {
        string before = Picture(market);
        LedgerError error = market.RunOne(signer, command);
        if (error != LedgerError.None)
        {
            Assert.True(before == Picture(market), $"{error} of {command} by {signer} changed the state");
            Assert.True(IsDocumented(error, command), $"the page does not name {error} for {command.GetType().Name}");
        }

        return error;
    }

    private static bool IsDocumented(LedgerError error, Command command)
    {
        string[] of = Documented[error].Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        return of[1] == "all" || of.Contains(command.GetType().Name)
            || (command is Command.ApproveOperation approval && IsDocumented(error, approval.Operation));
    }

    /// <summary>All leaves but the nonces, and the sets of validators, which change by the height alone.</summary>
    private static string Picture(MarketFixture market) => string.Join(
        '\n',
        market.State.Prefixed(0, StateTables.Nonces - 1)
            .Concat(market.State.Prefixed(StateTables.Nonces + 1, StateTables.ValidatorSets - 1))
            .Concat(market.State.Prefixed(StateTables.ValidatorSchedule + 1, byte.MaxValue)));
}
