using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Execution;
using Xunit;
using Bounds = EnergyNode.Ledger.Limits;

namespace EnergyNode.Market.Tests.Execution;

public sealed class EvidenceRuleTests
{
    private readonly MarketFixture _market = new(["A"]);

    [Fact]
    public void Evidence_is_committed_once_for_each_offence_whatever_bytes_prove_it() =>
        RuleScript.Run(_market, """
            A: evidence v1 1 0 good -> None
            A: evidence v1 1 0 good -> EvidenceAlreadyCommitted
            gateway: evidence v1 1 0 good but in other bytes -> EvidenceAlreadyCommitted
            A: evidence v1 1 1 good -> None
            A: evidence v1 1 2 bad -> EvidenceInvalid
            A: evidence v2 1 2 good -> EvidenceInvalid
            A: evidence nonsense -> EvidenceInvalid
            """);

    [Fact]
    public void Evidence_of_a_height_that_is_not_decided_waits()
    {
        RuleScript.Run(_market, """
            A: evidence v1 2 0 good -> EvidenceOutOfTime
            A: evidence v1 2 0 good -> None
            """);
        Offence offence = Assert.Single(_market.State.Offences.Keys);
        Assert.Equal(new Height(2), _market.State.Offences[offence].Height);
    }

    [Fact]
    public void Evidence_of_long_ago_is_refused()
    {
        long now = Bounds.MaxEvidenceAgeHeights + 100;
        Assert.Equal(LedgerError.EvidenceOutOfTime, RunAt(now, now - Bounds.MaxEvidenceAgeHeights - 1));
        Assert.Equal(LedgerError.None, RunAt(now, now - Bounds.MaxEvidenceAgeHeights));
    }

    [Fact]
    public void A_validator_without_an_account_may_bring_evidence_and_nothing_else()
    {
        Command evidence = CommandText.Parse("evidence v1 1 0 good");
        SignedBatch good = _market.Sign("v1", BatchFlags.None, evidence);
        SignedBatch mixed = _market.Sign("v1", BatchFlags.None, evidence, CommandText.Parse("transfer A A 1"));
        SignedBatch stranger = _market.Sign("v2", BatchFlags.None, evidence);

        BlockOutcome outcome = _market.Execute(good, mixed, stranger);

        Assert.Equal(
            [BatchStatus.Executed, BatchStatus.UnknownSigner, BatchStatus.UnknownSigner],
            outcome.Batches.Select(batch => batch.Status));
        Assert.Equal(MarketFixture.Key("v1"), Assert.Single(outcome.Offences).Culprit);
        Assert.Equal(BatchStatus.NonceUnusable, Assert.Single(_market.Execute(good).Batches).Status);
    }

    [Fact]
    public void An_atomic_batch_that_fails_proves_nothing()
    {
        SignedBatch failing = _market.Sign(
            "A", BatchFlags.Atomic, CommandText.Parse("evidence v1 1 0 good"), CommandText.Parse("transfer A A 1"));

        BlockOutcome outcome = _market.Execute(failing);

        Assert.Empty(outcome.Offences);
        Assert.Equal(0, _market.State.Offences.Count);
        Assert.Equal(LedgerError.None, Run("evidence v1 1 0 good"));
    }

    private LedgerError Run(string command) => _market.RunOne("A", CommandText.Parse(command));

    private LedgerError RunAt(long height, long offence)
    {
        MarketFixture market = new(["A"]);
        SignedBatch batch = market.Sign(
            "A", BatchFlags.None, CommandText.Parse($"evidence v1 {offence} 0 good"));
        BlockHeader header = new(
            MarketFixture.Chain,
            new Height(height),
            Hash32.Zero,
            market.Now,
            MarketFixture.Key("v1"),
            default,
            0,
            market.Genesis.Validators.Hash);
        BlockOutcome outcome = market.Execute(Block.Create(header, [batch.Hash]), [batch]);
        return outcome.Batches[0].Receipts!.Receipts[0].Error;
    }
}
