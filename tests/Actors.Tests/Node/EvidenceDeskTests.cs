using System.Collections.Generic;
using System.Linq;
using EnergyNode.Actors.Clients;
using EnergyNode.Actors.Node;
using EnergyNode.Consensus.Evidence;
using EnergyNode.Ledger;
using Xunit;
using static EnergyNode.Actors.Tests.Node.Village;

namespace EnergyNode.Actors.Tests.Node;

public sealed class EvidenceDeskTests
{
    private static readonly Height Seven = new(7);
    private static readonly Membership Members = new(
        Key("v1"), new ValidatorSet([new Validator(Label.Parse("v1"), Key("v1"), 1)]));

    [Fact]
    public void Validators_take_turns_one_of_them_at_once_and_none_later_than_a_second()
    {
        long[] turns = [.. Enumerable.Range(0, 30).Select(rank => TurnOf(rank, 30)).Order()];

        Assert.Equal(0, turns[0]);
        Assert.Equal(EvidenceDesk.Turn.Micros, turns[1]);
        Assert.Equal(EvidenceDesk.LongestTurn.Micros, turns[^1]);
    }

    [Fact]
    public void Evidence_is_due_when_its_height_is_decided_and_again_until_it_is_committed()
    {
        EvidenceDesk desk = new();
        FaultEvidence evidence = DoubleVote(Seven);
        Assert.True(desk.Add(evidence, Start, Members));
        Assert.False(desk.Add(evidence, Start, Members));

        Assert.Empty(desk.TakeDue(Start, new Height(6), leads: false));
        Assert.Equal(evidence.ToArray(), Assert.Single(desk.TakeDue(Start, Seven, leads: false)));
        Assert.Empty(desk.TakeDue(Start, Seven, leads: false));
        Instant later = Start.Plus(EvidenceDesk.Patience);
        Assert.Empty(desk.TakeDue(new Instant(later.Micros - 1), Seven, leads: false));
        Assert.Single(desk.TakeDue(later, Seven, leads: false));
        desk.Commit(LedgerEvidence.OffenceOf(evidence), new Height(9));
        Assert.Equal(0, desk.Count);
        Assert.Empty(desk.TakeDue(later.Plus(EvidenceDesk.Patience), Seven, leads: false));
    }

    [Fact]
    public void Who_leads_waits_for_no_turn_and_brings_it_once()
    {
        const int Last = 29;
        EvidenceDesk desk = new();
        ValidatorSet set = new(
            Enumerable.Range(0, Last + 1).Select(i => new Validator(Label.Parse($"v{i}"), Key($"v{i}"), 1)));
        int late = Enumerable.Range(0, set.Count).First(rank => TurnOf(rank, set.Count) > 0);
        desk.Add(DoubleVote(Seven), Start, new Membership(Key($"v{late}"), set));

        Assert.Empty(desk.TakeDue(Start, Seven, leads: false));
        Assert.Single(desk.TakeDue(Start, Seven, leads: true));
        Assert.Empty(desk.TakeDue(Start.Plus(EvidenceDesk.LongestTurn), Seven, leads: true));
        Assert.Single(desk.TakeDue(Start.Plus(EvidenceDesk.Patience), Seven, leads: false));
    }

    [Fact]
    public void Who_is_punished_is_not_accused_of_what_it_did_before_and_is_of_what_it_does_later()
    {
        EvidenceDesk desk = new();
        desk.Commit(LedgerEvidence.OffenceOf(DoubleVote(Seven)), new Height(9));

        Height last = new(9 + SentinelMachine.WatchedHeights);
        Assert.False(desk.Add(DoubleVote(Seven), Start, Members));
        Assert.False(desk.Add(DoubleVote(last), Start, Members));
        Assert.True(desk.Add(DoubleVote(last.Next), Start, Members));
    }

    [Fact]
    public void Evidence_of_a_height_whose_set_the_ledger_has_forgotten_is_dropped()
    {
        EvidenceDesk desk = new();
        desk.Add(DoubleVote(Seven), Start, Members);
        desk.Add(DoubleVote(new Height(8)), Start, Members);

        desk.ForgetBelow(Seven);
        Assert.Equal(2, desk.Count);
        desk.ForgetBelow(new Height(8));
        Assert.Single(desk.TakeDue(Start, new Height(9), leads: false));
    }

    [Fact]
    public void Of_each_culprit_one_proof_is_brought_at_a_time_and_of_as_many_culprits_as_may_lie_at_once()
    {
        const int Most = Actors.Limits.MaxEvidencePerTurn;
        EvidenceDesk desk = new();
        for (int culprit = 0; culprit <= Most; culprit++)
        {
            desk.Add(DoubleVote(Seven, $"l{culprit}"), Start, Members);
            desk.Add(DoubleVote(new Height(6), $"l{culprit}"), Start, Members);
        }

        List<byte[]> first = desk.TakeDue(Start, Seven, leads: true);
        Assert.Equal(Most, first.Select(CulpritOf).Distinct().Count());
        Assert.Equal(Most, first.Count);
        List<byte[]> second = desk.TakeDue(Start, Seven, leads: true);
        Assert.DoesNotContain(CulpritOf(Assert.Single(second)), first.Select(CulpritOf));
        Assert.Empty(desk.TakeDue(Start, Seven, leads: true));

        FaultEvidence punished = FaultEvidence.Decode(first[0])!;
        desk.Commit(LedgerEvidence.OffenceOf(punished), new Height(9));
        Assert.Equal(2 * Most, desk.Count);
        List<byte[]> again = desk.TakeDue(Start.Plus(EvidenceDesk.Patience), Seven, leads: true);
        Assert.Equal(Most, again.Count);
        Assert.DoesNotContain(punished.Culprit, again.Select(CulpritOf));
    }

    [Fact]
    public void A_validator_without_an_account_has_a_small_quota_for_evidence_and_none_for_the_rest()
    {
        MempoolLimits limits = new() { MaxEvidenceBatches = 2 };
        Mempool pool = new(limits);
        pool.UpdateSigner(Key("v1"), default);
        pool.SetEvidenceSigners([Key("v1")]);

        Assert.Equal(AdmissionRefusal.UnknownSigner, pool.Add(Batch("v1", 1), Start));
        Assert.Equal(AdmissionRefusal.None, pool.Add(Evidence(1), Start));
        Assert.Equal(AdmissionRefusal.None, pool.Add(Evidence(2), Start));
        Assert.Equal(AdmissionRefusal.QuotaExceeded, pool.Add(Evidence(3), Start));
        pool.SetEvidenceSigners([]);
        Assert.Equal(AdmissionRefusal.None, pool.Add(Batch("v1", 4), Start));
    }

    private static long TurnOf(int rank, int validators)
    {
        List<Validator> set = [];
        for (int i = 0; i < validators; i++)
        {
            set.Add(new Validator(Label.Parse($"v{i}"), Key($"v{i}"), 1));
        }

        EvidenceDesk desk = new();
        desk.Add(DoubleVote(Seven), Start, new Membership(Key($"v{rank}"), new ValidatorSet(set)));
        long micros = 0;
        while (desk.TakeDue(Start.Plus(new Duration(micros)), Seven, leads: false).Count == 0)
        {
            micros += EvidenceDesk.Turn.Micros;
        }

        return micros;
    }

    private static PublicKey CulpritOf(byte[] evidence) => FaultEvidence.Decode(evidence)!.Culprit;

    private static Verified<SignedBatch> Evidence(long nonce) => Verify(SignedBatch.Sign(
        Chain,
        nonce,
        Start.Plus(Duration.FromSeconds(60)),
        BatchFlags.None,
        [new Command.SubmitEvidence(new byte[] { 1 })],
        new KeyedSigner("v1")).Bytes);
}
