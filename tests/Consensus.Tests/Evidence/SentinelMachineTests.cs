using System.Collections.Generic;
using System.Linq;
using EnergyNode.Consensus.Evidence;
using EnergyNode.Consensus.Tests.Support;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Consensus.Tests.Evidence;

public sealed class SentinelMachineTests
{
    private static readonly Height One = new(1);
    private static readonly Hash32 A = Community.NameHash("A");
    private static readonly Hash32 B = Community.NameHash("B");

    private readonly Community _community = new(4);

    [Fact]
    public void Both_halves_of_an_equivocation_meet_by_gossip()
    {
        SentinelMachine one = Sentinel();
        SentinelMachine other = Sentinel();
        Assert.Empty(Hear(one, 2, Prepare(A)));
        Assert.Empty(Hear(other, 2, Prepare(B)));

        byte[] digests = Gossip(one);
        byte[] request = Sent(other, SentinelFrame.Digests, digests, SentinelFrame.Request);
        byte[] votes = Sent(one, SentinelFrame.Request, request, SentinelFrame.Statements);

        FaultEvidence evidence = Assert.Single(Accused(Step(other, FromPeer(SentinelFrame.Statements, votes))));
        Assert.Equal((KeyOf(2), EvidenceKind.DoubleVote), (evidence.Culprit, evidence.Kind));
        Assert.Empty(Step(other, FromPeer(SentinelFrame.Statements, votes)));
    }

    [Fact]
    public void An_offence_is_reported_once_however_often_it_is_repeated()
    {
        SentinelMachine machine = Sentinel();
        Hear(machine, 2, Prepare(A));
        Assert.Single(Accused(Hear(machine, 2, Prepare(B))));

        Assert.Empty(Accused(Hear(machine, 2, Prepare(B))));
        Assert.Empty(Accused(Hear(machine, 2, Prepare(Community.NameHash("a third block")))));
    }

    [Fact]
    public void Equal_digests_are_not_asked_for_and_are_told_twice_only_to_others_each_time()
    {
        SentinelMachine one = Sentinel();
        SentinelMachine other = Sentinel();
        Hear(one, 2, Prepare(A));
        Hear(other, 2, Prepare(A));

        List<PublicKey> told = [];
        for (int telling = 0; telling < 2; telling++)
        {
            SentinelEffect.Tell tell = Assert.IsType<SentinelEffect.Tell>(
                Assert.Single(Step(one, new SentinelInput.Ticked())));
            told.AddRange(tell.To);
            Assert.Empty(Step(other, FromPeer(SentinelFrame.Digests, tell.Bytes)));
        }

        Assert.Equal(4, told.Distinct().Count());
        Assert.Empty(Step(one, new SentinelInput.Ticked()));
    }

    [Fact]
    public void A_forgotten_lock_comes_to_light_although_each_sentinel_heard_one_message_only()
    {
        SentinelMachine one = Sentinel();
        SentinelMachine other = Sentinel();
        Hear(one, 2, new ConsensusMessage.Commit(One, View.Zero, A));
        Hear(other, 2, Community.Change(One, new View(1)));

        byte[] request = Sent(other, SentinelFrame.Digests, Gossip(one), SentinelFrame.Request);
        byte[] votes = Sent(one, SentinelFrame.Request, request, SentinelFrame.Statements);

        Assert.Equal(
            EvidenceKind.Amnesia,
            Assert.Single(Accused(Step(other, FromPeer(SentinelFrame.Statements, votes)))).Kind);
    }

    /// <param name="validRound">That the prevote of the polka names; below 0 for none.</param>
    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_prevote_against_the_own_lock_comes_to_light_in_a_polka_and_a_certificate(int validRound, bool isLie)
    {
        Block block = _community.MakeBlock(Community.Genesis, 0, new Instant(5), "one");
        View? valid = validRound < 0 ? null : new View(validRound);
        SentinelMachine machine = Sentinel();
        PreparedCertificate polka = _community.Polka(block, new View(2), valid, 1, 2, 3);
        Hear(machine, 3, new ConsensusMessage.Polka(polka, block));
        CommitCertificate other = new(One, new View(1), A, [.. Enumerable.Range(0, 3).Select(
            i => _community.VoteOf(i, new ConsensusMessage.Precommit(One, new View(1), A)))]);

        List<FaultEvidence> found = [.. Accused(Step(machine, new SentinelInput.Decided(other, _community.Set)))];

        Assert.Equal(isLie ? [KeyOf(1), KeyOf(2)] : [], found.Select(evidence => evidence.Culprit));
        Assert.All(found, evidence => Assert.Equal(EvidenceKind.Amnesia, evidence.Kind));
    }

    [Fact]
    public void Statements_that_nobody_asked_for_or_that_are_forged_are_not_looked_at()
    {
        SentinelMachine machine = Sentinel();
        Hear(machine, 2, Prepare(A));
        byte[] unasked = GossipCodec.Statements([(new ValidatorIndex(2), Signed(2, Prepare(B)))]);
        byte[] forged = GossipCodec.Statements([(new ValidatorIndex(2), Signed(1, Prepare(B)))]);

        Assert.Empty(Step(machine, FromPeer(SentinelFrame.Statements, unasked)));
        SentinelMachine other = Sentinel();
        Hear(other, 2, Prepare(B));
        Sent(machine, SentinelFrame.Digests, Gossip(other), SentinelFrame.Request);
        Assert.Empty(Step(machine, FromPeer(SentinelFrame.Statements, forged)));
        foreach (SentinelFrame kind in (SentinelFrame[])
            [SentinelFrame.Digests, SentinelFrame.Request, SentinelFrame.Statements])
        {
            Assert.Empty(Step(machine, FromPeer(kind, [1, 0, 255, 255, 255, 255])));
        }
    }

    [Fact]
    public void Halves_that_were_said_to_others_only_meet_at_a_watcher_once_the_height_is_executed()
    {
        SentinelMachine one = Sentinel();
        SentinelMachine other = Sentinel();
        SentinelMachine watcher = Sentinel();
        Hear(one, 2, Prepare(A));
        Hear(other, 2, Prepare(B));
        byte[] first = Gossip(one);
        Assert.Empty(Step(watcher, FromPeer(SentinelFrame.Digests, first)));

        Step(watcher, new SentinelInput.Applied(One, _community.Set));
        Fetch(watcher, one, first);
        List<SentinelEffect> effects = Fetch(watcher, other, Gossip(other));

        Assert.Equal(EvidenceKind.DoubleVote, Assert.Single(Accused(effects)).Kind);
    }

    [Fact]
    public void Votes_inside_a_new_view_count_as_said()
    {
        SentinelMachine machine = Sentinel();
        Hear(machine, 2, new ConsensusMessage.Commit(One, View.Zero, A));

        FaultEvidence evidence = Assert.Single(Accused(Hear(
            machine, 1, _community.Open(One, new View(1), [], 1, 2, 3))));

        Assert.Equal((KeyOf(2), EvidenceKind.Amnesia), (evidence.Culprit, evidence.Kind));
    }

    [Fact]
    public void An_offence_at_a_later_height_waits_until_the_set_is_known()
    {
        SentinelMachine machine = Sentinel();
        Height two = new(2);
        Assert.Empty(Hear(machine, 2, new ConsensusMessage.Prepare(two, View.Zero, A)));
        Assert.Empty(Hear(machine, 2, new ConsensusMessage.Prepare(two, View.Zero, B)));

        Assert.Single(Accused(Step(machine, new SentinelInput.Applied(One, _community.Set))));

        SentinelMachine another = Sentinel();
        Hear(another, 2, new ConsensusMessage.Prepare(two, View.Zero, A));
        Hear(another, 2, new ConsensusMessage.Prepare(two, View.Zero, B));
        ValidatorSet without = new(_community.Set.Validators.Where(validator => validator.Key != KeyOf(2)));
        Assert.Empty(Step(another, new SentinelInput.Applied(One, without)));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    public void Old_heights_are_watched_for_a_while(int above, bool isWatched)
    {
        SentinelMachine machine = Sentinel();
        Height applied = new(100);
        Step(machine, new SentinelInput.Applied(applied, _community.Set));
        Height height = new(applied.Value - Limits.WatchedHeights + above);

        Hear(machine, 2, new ConsensusMessage.Prepare(height, View.Zero, A));
        List<SentinelEffect> effects = Hear(machine, 2, new ConsensusMessage.Prepare(height, View.Zero, B));

        // Its set is not known to one who was not there, so nobody is accused; but a known height is remembered.
        Assert.Empty(effects);
        Assert.Equal(isWatched, machine.IsWatching(height));
    }

    [Fact]
    public void Views_that_a_liar_makes_up_do_not_hide_its_votes_in_real_ones()
    {
        SentinelMachine machine = Sentinel();
        foreach (int honest in (int[])[0, 1, 3])
        {
            Hear(machine, honest, new ConsensusMessage.Prepare(One, View.Zero, A));
        }

        for (int view = 1_000; view < 1_000 + (2 * Limits.MaxWatchedStatements); view++)
        {
            Hear(machine, 2, new ConsensusMessage.Prepare(One, new View(view), A));
        }

        Hear(machine, 2, Prepare(A));
        for (int view = 2_000; view < 2_000 + Limits.MaxWatchedStatements; view++)
        {
            Hear(machine, 2, new ConsensusMessage.Prepare(One, new View(view), A));
        }

        Assert.Single(Accused(Hear(machine, 2, Prepare(B))));
    }

    [Fact]
    public void A_bad_batch_convicts_who_proposed_it()
    {
        SentinelMachine machine = Sentinel();
        byte[] bad = [1, 2, 3];
        Block named = _community.MakeBlock(Community.Genesis, 0, new Instant(5));
        Block block = Block.Create(named.Header, [A, SignedBatch.HashOf(bad)]);
        Hear(machine, 0, new ConsensusMessage.PrePrepare(One, View.Zero, block));

        FaultEvidence evidence = Assert.Single(Accused(Step(machine, new SentinelInput.BadBatch(bad))));

        Assert.Equal((KeyOf(0), EvidenceKind.InvalidProposal), (evidence.Culprit, evidence.Kind));
        Assert.Empty(Step(Sentinel(), new SentinelInput.BadBatch(bad)));
    }

    [Fact]
    public void A_connected_stranger_that_votes_is_accused_and_the_validator_that_it_names_is_not()
    {
        SentinelMachine machine = Sentinel();
        PublicKey stranger = Community.KeyOf("stranger");
        SignedMessage message = new MessageSigner(_community.Chain, new FakeSigner(stranger)).Sign(
            Prepare(A), new ValidatorIndex(2)).Value;

        FaultEvidence evidence = Assert.Single(
            Accused(Step(machine, new SentinelInput.Stranger(stranger, message.ToArray()))));

        Assert.Equal((stranger, EvidenceKind.OutsideSet), (evidence.Culprit, evidence.Kind));
        Assert.Empty(Step(machine, new SentinelInput.Stranger(KeyOf(1), message.ToArray())));
    }

    private static ConsensusMessage.Prepare Prepare(Hash32 block) => new(One, View.Zero, block);

    private SentinelMachine Sentinel() =>
        new(_community.Chain, new FakeVerifier(), Height.Genesis, _community.Set);

    private PublicKey KeyOf(int validator) => _community.Signers[validator].PublicKey;

    private SignedStatement Signed(int sender, ConsensusMessage message)
    {
        SignedMessage signed = _community.Sign(sender, message).Value;
        return new SignedStatement(signed.Bytes, signed.Signature);
    }

    private List<SentinelEffect> Hear(SentinelMachine machine, int sender, ConsensusMessage message) =>
        Step(machine, new SentinelInput.Heard(_community.Sign(sender, message), _community.Set));

    private SentinelInput.FromPeer FromPeer(SentinelFrame kind, byte[] bytes) => new(KeyOf(3), kind, bytes);

    private static List<SentinelEffect> Step(SentinelMachine machine, SentinelInput input)
    {
        List<SentinelEffect> effects = [];
        machine.Step(input, effects);
        return effects;
    }

    private static IEnumerable<FaultEvidence> Accused(List<SentinelEffect> effects) =>
        effects.OfType<SentinelEffect.Accuse>().Select(effect => effect.Evidence);

    private static byte[] Gossip(SentinelMachine machine) =>
        Assert.Single(Step(machine, new SentinelInput.Ticked()).OfType<SentinelEffect.Tell>()).Bytes;

    /// <summary>A machine is told digests, asks the other one and gets its answer.</summary>
    private List<SentinelEffect> Fetch(SentinelMachine machine, SentinelMachine from, byte[] digests)
    {
        byte[] request = Sent(machine, SentinelFrame.Digests, digests, SentinelFrame.Request);
        byte[] votes = Sent(from, SentinelFrame.Request, request, SentinelFrame.Statements);
        return Step(machine, FromPeer(SentinelFrame.Statements, votes));
    }

    private byte[] Sent(SentinelMachine machine, SentinelFrame kind, byte[] bytes, SentinelFrame answer)
    {
        SentinelEffect.Send send = Assert.IsType<SentinelEffect.Send>(
            Assert.Single(Step(machine, FromPeer(kind, bytes))));
        Assert.Equal((KeyOf(3), answer), (send.To, send.Kind));
        return send.Bytes;
    }
}
