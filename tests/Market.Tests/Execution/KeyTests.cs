using EnergyNode.Ledger;
using EnergyNode.Market.Execution;
using Xunit;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>Keys that change, accounts of several, and accounts that are recovered.</summary>
public sealed class KeyTests
{
    [Fact]
    public void A_rotated_key_is_dead_for_good_and_the_new_one_starts_with_nonces_of_its_own()
    {
        MarketFixture market = Village();
        RuleScript.Run(market, """
            A: rotate nobody N -> UserNotFound
            B: rotate A N -> UnauthorizedOperator
            A: rotate A B; rotate A A -> KeyAlreadyUsed
            A: rotate A N -> None
            N: burn A 1; rotate A A; rotate A M -> None KeyRevoked None
            """);
        Assert.Equal(BatchStatus.UnknownSigner, StatusOf(market, "A"));
        Assert.Equal(BatchStatus.UnknownSigner, StatusOf(market, "N"));
        RuleScript.Run(market, """
            M: burn A 1 -> None
            gateway: register P A; register P N -> KeyRevoked
            """);
    }

    [Fact]
    public void A_revoked_key_stops_at_once_and_the_last_authority_keeps_its_own()
    {
        MarketFixture market = Village();
        RuleScript.Run(market, """
            A: revokekey nobody -> UserNotFound
            A: revokekey gateway; revokekey B -> CannotRemoveLastAuthority UnauthorizedOperator
            gateway: revokekey gateway -> CannotRemoveLastAuthority
            gateway: revokekey A; revokekey A -> None KeyRevoked
            gateway: give B Authority; give B Governance; revokekey B -> None
            gateway: take gateway Authority -> CannotRemoveLastAuthority
            C: revokekey C; revokekey C -> None KeyRevoked
            """);
        Assert.Equal(BatchStatus.UnknownSigner, StatusOf(market, "A"));
        Assert.Equal(BatchStatus.UnknownSigner, StatusOf(market, "C"));
    }

    [Fact]
    public void Circles_must_be_sound() => RuleScript.Run(Village(), """
        A: circle nobody members 1 0 B; circle A members 1 0 nobody -> UserNotFound
        B: circle A members 1 0 B -> UnauthorizedOperator
        A: circle A members 0 0 B; circle A members 2 0 B; circle A members 1 1 B -> InvalidCircle
        A: circle A members 1 0; circle A members 0 1; circle A members 1 0 C B -> InvalidCircle
        A: circle A members 1 0 B B; circle A members 1 0 A B; circle A members 1 0 A -> InvalidCircle
        A: circle A guardians 1 60 B C; circle A guardians 2 59 B C; circle A guardians 1 0 B -> InvalidCircle
        A: circle A guardians 2 2,592,001 B C; circle A guardians 3 60 B C -> InvalidCircle
        A: circle A guardians 2 60 B C; circle A guardians 2 2,592,000 B C; circle A guardians 0 0 -> None
        A: circle A members 0 0; circle A members 2 0 B C -> None
        A: circle A members 0 0; burn A 1; close 0 -> ApprovalsNeeded
        """);

    [Fact]
    public void Two_of_three_act_for_a_shared_account()
    {
        MarketFixture market = Village();
        RuleScript.Run(market, """
            A: circle A members 2 0 B C D -> None
            B: operate nobody A 60 burn A 1 -> UserNotFound
            B: operate C A 60 burn A 1 -> UnauthorizedOperator
            E: operate E A 60 burn A 1 -> NotInCircle
            B: operate B C 60 burn A 1 -> NotInCircle
            B: operate B A -1 burn A 1; operate B A 604,801 burn A 1 -> OperationExpired
            B: operate B A 60 burn B 1; operate B A 60 read A 0 1 1; operate B A 60 close 0 -> OperationNotAllowed
            B: operate B A 604,800 burn A 5; operate B A 604,800 burn A 5 -> None AlreadyApproved
            C: operate C A 604,800 burn A 6; operate C A 604,799 burn A 5 -> None
            = A 1,000,000,000 0 1,000,000,000 0
            D: operate D A 604,800 burn A 5 -> None
            = A 1,000,000,000 0 999,999,995 0
            D: operate D A 604,800 burn A 6 -> None
            = A 1,000,000,000 0 999,999,989 0
            B: operate B A 60 transfer A B 999,999,990; operate B A 60 bid A home-spot 10,000 1 gtc -> None
            C: operate C A 60 transfer A B 999,999,990 -> InsufficientBalance
            C: operate C A 60 transfer A B 999,999,990 -> InsufficientBalance
            C: operate C A 60 bid A home-spot 10,000 1 gtc -> None
            = A 1,000,000,000 10 999,999,989 0
            gateway: status A suspended -> None
            C: operate C A 60 transfer A B 1; operate C A 60 cancel A 1 -> None
            B: operate B A 60 transfer A B 1; operate B A 60 cancel A 1 -> UserSuspended None
            """);
        Assert.Equal(3, market.State.Operations.Count);
        Assert.Equal(3, market.State.Circles[new CircleOf(MarketFixture.Account("A"), CircleKind.Members)].Pending);
        Advance(market, 604_801);
        RuleScript.Run(market, "gateway: status A active -> None");
        Assert.Equal(0, market.State.Operations.Count);
    }

    [Fact]
    public void Three_of_five_dissolve_their_account_and_what_it_had_under_way_ends()
    {
        MarketFixture market = Village();
        RuleScript.Run(market, """
            A: circle A members 3 0 B C D E gateway -> None
            B: operate B A 60 burn A 1; operate B A 60 circle A members 0 0 -> None
            C: operate C A 60 circle A members 0 0 -> None
            A: burn A 1 -> ApprovalsNeeded
            gateway: operate gateway A 60 circle A members 0 0 -> None
            A: burn A 1 -> None
            D: operate D A 60 burn A 1 -> NotInCircle
            """);
        Assert.Equal(0, market.State.Operations.Count);
    }

    [Fact]
    public void A_shared_account_has_at_most_16_operations_waiting()
    {
        MarketFixture market = Village();
        RuleScript.Run(market, "A: circle A members 2 0 B C -> None");
        for (int i = 1; i <= Limits.MaxPendingOperationsPerAccount; i++)
        {
            Assert.Equal(LedgerError.None, market.RunOne("B", CommandText.Parse($"operate B A {i} burn A 1")));
        }

        RuleScript.Run(market, """
            C: operate C A 17 burn A 1 -> TooManyPending
            C: operate C A 1 burn A 1; operate C A 17 burn A 1; operate C A 18 burn A 1 -> None None TooManyPending
            """);
    }

    [Fact]
    public void Guardians_give_an_account_a_new_key_after_the_delay()
    {
        MarketFixture market = Village();
        RuleScript.Run(market, """
            A: circle A guardians 2 60 B C D; revokekey A -> None
            B: vote B nobody N yes; vote nobody A N yes -> UserNotFound
            B: vote C A N yes; vote B A B yes; vote B A A yes -> UnauthorizedOperator KeyAlreadyUsed KeyRevoked
            E: vote E A N yes; vote E A N no -> NotInCircle
            B: vote B A N no -> RecoveryNotFound
            B: vote B A N yes; vote B A N yes -> None AlreadyApproved
            C: vote C A M yes -> None
            """);
        Advance(market, 60);
        RuleScript.Run(market, "C: vote C A N yes; vote C A M no -> None RecoveryNotFound");
        Advance(market, 59);
        Assert.Equal(BatchStatus.UnknownSigner, StatusOf(market, "N"));
        Advance(market, 1);
        RuleScript.Run(market, """
            N: burn A 1; rotate A O -> None
            O: burn A 1 -> None
            """);
        Assert.Equal(0, market.State.Recoveries.Count);
    }

    [Fact]
    public void The_owner_vetoes_a_recovery_and_a_guardian_takes_its_vote_back()
    {
        MarketFixture market = Village();
        RuleScript.Run(market, """
            A: circle A guardians 2 60 B C D -> None
            B: vote B A N yes -> None
            C: vote C A N yes -> None
            A: vote A A M no; vote A A N no; vote A A N no -> RecoveryNotFound None RecoveryNotFound
            B: vote B A N yes -> None
            C: vote C A N yes; vote C A N no -> None
            D: vote D A N yes -> None
            """);
        Advance(market, 59);
        RuleScript.Run(market, """
            A: burn A 1 -> None
            gateway: status A suspended -> None
            A: vote A A N no; burn A 1 -> None UserSuspended
            """);
        Advance(market, 120);
        Assert.Equal(BatchStatus.UnknownSigner, StatusOf(market, "N"));
        RuleScript.Run(market, """
            B: vote B A E2 yes -> None
            C: vote C A E2 yes -> None
            E: rotate E E2 -> None
            """);
        Advance(market, 60);
        RuleScript.Run(market, """
            gateway: status A active -> None
            A: burn A 1 -> None
            """);
        Assert.Equal(0, market.State.Recoveries.Count);
    }

    [Fact]
    public void An_operation_in_an_operation_is_refused_by_its_form()
    {
        Command inner = CommandText.Parse("operate B A 60 burn A 1");
        Command nested = new Command.ApproveOperation(
            AccountId.Parse("B"), AccountId.Parse("A"), Instant.FromSeconds(1_800_000_000), inner);
        BorshWriter writer = new();
        CommandCodec.Encode(nested, writer);
        BorshReader reader = new(writer.WrittenSpan);
        CommandCodec.Decode(ref reader);
        Assert.Equal(CodecError.InvalidTag, reader.Error);
    }

    /// <summary>A has one GRID.</summary>
    private static MarketFixture Village()
    {
        MarketFixture market = new(["A", "B", "C", "D", "E"]);
        RuleScript.Run(market, "gateway: read A 0 0 1,000 -> None");
        return market;
    }

    private static BatchStatus StatusOf(MarketFixture market, string key) =>
        Assert.Single(market.Execute(market.Sign(key, BatchFlags.None, CommandText.Parse("burn A 1"))).Batches).Status;

    private static void Advance(MarketFixture market, long seconds) =>
        market.Now = market.Now.Plus(Duration.FromSeconds(seconds));
}
