using System;
using System.Linq;
using EnergyNode.Consensus.Evidence;
using EnergyNode.Consensus.Pos;
using EnergyNode.Consensus.Tests.Support;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Consensus.Tests.Evidence;

public sealed class EvidenceVerifierTests
{
    private static readonly Height One = new(1);
    private static readonly Hash32 A = Community.NameHash("A");
    private static readonly Hash32 B = Community.NameHash("B");

    private readonly Community _community = new(4);

    public static TheoryData<string> Kinds => new(
        "double vote", "double view change", "amnesia", "prevote against the lock", "prevote of another",
        "wrong chain", "wrong validators", "wrong proposer", "not its turn", "bad batch", "outsider");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Evidence_of_each_kind_convinces_who_knows_the_set(string kind)
    {
        FaultEvidence evidence = Make(kind);
        byte[] bytes = evidence.ToArray();

        Assert.Equal(EvidenceRefusal.None, Verify(bytes, out FaultEvidence? decoded));
        Assert.Equal(bytes, decoded!.ToArray());
        Assert.Equal(
            (evidence.Kind, evidence.Culprit, evidence.Height, evidence.View),
            (decoded.Kind, decoded.Culprit, decoded.Height, decoded.View));
        Assert.True(bytes.Length <= 2_048);
    }

    [Theory]
    [InlineData("double vote", OffenceKind.DoubleVote)]
    [InlineData("double view change", OffenceKind.DoubleVote)]
    [InlineData("amnesia", OffenceKind.Amnesia)]
    [InlineData("prevote against the lock", OffenceKind.Amnesia)]
    [InlineData("prevote of another", OffenceKind.DoubleVote)]
    [InlineData("wrong chain", OffenceKind.InvalidProposal)]
    [InlineData("bad batch", OffenceKind.InvalidProposal)]
    [InlineData("outsider", OffenceKind.ForeignVote)]
    public void The_ledger_hears_who_did_what_and_where(string kind, OffenceKind expected)
    {
        FaultEvidence evidence = Make(kind);
        Assert.Equal(
            new Offence(evidence.Culprit, evidence.Height, evidence.View.Value, expected),
            LedgerEvidence.OffenceOf(evidence));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Evidence_with_any_bit_changed_convinces_nobody(string kind)
    {
        byte[] good = Make(kind).ToArray();
        for (int i = 0; i < good.Length; i++)
        {
            byte[] bad = [.. good];
            bad[i] ^= 1;
            Assert.True(Verify(bad, out _) != EvidenceRefusal.None, $"{kind}: byte {i} of {good.Length}");
        }

        Assert.Equal(EvidenceRefusal.Malformed, Verify(good[..^1], out _));
        Assert.Equal(EvidenceRefusal.Malformed, Verify([.. good, 0], out _));
    }

    [Fact]
    public void Evidence_is_about_one_chain()
    {
        EvidenceVerifier other = new(ChainId.Parse("other"), new FakeVerifier());

        Assert.Equal(
            EvidenceRefusal.BadSignature,
            other.Verify(Make("double vote").ToArray(), _ => _community.Set, out _));
    }

    [Fact]
    public void Evidence_is_about_a_member_of_the_set()
    {
        ValidatorSet without = new(_community.Set.Validators.Where(v => v.Key != KeyOf(1)));
        EvidenceVerifier verifier = new(_community.Chain, new FakeVerifier());

        Assert.Equal(EvidenceRefusal.WrongSet, verifier.Verify(Make("double vote").ToArray(), _ => without, out _));
        Assert.Equal(EvidenceRefusal.WrongSet, verifier.Verify(Make("double vote").ToArray(), _ => null, out _));
    }

    [Fact]
    public void Two_votes_of_two_validators_prove_nothing()
    {
        SignedStatement one = Sign(1, new ConsensusMessage.Prepare(One, View.Zero, A));
        SignedStatement other = Sign(2, new ConsensusMessage.Prepare(One, View.Zero, B));

        Assert.Equal(EvidenceRefusal.BadSignature, Verify(FaultEvidence.Of(KeyOf(1), one, other)!.ToArray(), out _));
    }

    [Fact]
    public void The_same_two_votes_make_the_same_bytes_in_either_order()
    {
        SignedStatement one = Sign(1, new ConsensusMessage.Prepare(One, View.Zero, A));
        SignedStatement other = Sign(1, new ConsensusMessage.Prepare(One, View.Zero, B));
        byte[] bytes = FaultEvidence.Of(KeyOf(1), one, other)!.ToArray();

        Assert.Equal(bytes, FaultEvidence.Of(KeyOf(1), other, one)!.ToArray());
        Assert.Equal(EvidenceRefusal.Malformed, Verify(Swapped(bytes), out _));
    }

    [Fact]
    public void A_good_proposal_has_no_fault()
    {
        Community community = new(ConsensusProtocol.Pos, 1, 1, 1, 1);
        int proposer = ProposerRotation.Proposer(community.Set, One, View.Zero).Value;
        Block block = community.MakeBlock(Community.Genesis, proposer, new Instant(5), "batch");
        SignedStatement proposal = Sign(
            community, proposer, new ConsensusMessage.Proposal(One, View.Zero, block, null));
        EvidenceVerifier verifier = new(community.Chain, new FakeVerifier());
        foreach (ProposalFault fault in Enum.GetValues<ProposalFault>().Where(f => f != ProposalFault.BadBatch))
        {
            FaultEvidence evidence = FaultEvidence.OfProposal(
                community.Signers[proposer].PublicKey, proposal, block.Header, fault, null)!;
            Assert.Equal(EvidenceRefusal.NoFault, verifier.Verify(evidence, community.Set));
        }
    }

    [Fact]
    public void A_good_batch_is_no_fault_and_a_bad_one_is_not_that_of_who_proposes_it_again()
    {
        byte[] good = GoodBatch();
        byte[] bad = [.. good];
        bad[^1] ^= 1;

        Assert.Equal(EvidenceRefusal.NoFault, Verify(BadBatch(good, proposer: 0).ToArray(), out _));
        Assert.Equal(EvidenceRefusal.None, Verify(BadBatch(bad, proposer: 0).ToArray(), out _));
        Assert.Equal(EvidenceRefusal.NoFault, Verify(BadBatch(bad, proposer: 2).ToArray(), out _));
    }

    [Fact]
    public void A_proposal_above_view_0_may_be_an_old_block_of_another_proposer()
    {
        Block block = _community.MakeBlock(Community.Genesis, 3, new Instant(5));
        SignedStatement proposal = Sign(1, new ConsensusMessage.PrePrepare(One, new View(1), block));
        FaultEvidence evidence = FaultEvidence.OfProposal(
            KeyOf(1), proposal, block.Header, ProposalFault.WrongProposer, null)!;

        Assert.Equal(EvidenceRefusal.NoFault, Verify(evidence.ToArray(), out _));
    }

    private FaultEvidence Make(string kind) => kind switch
    {
        "double vote" => FaultEvidence.Of(
            KeyOf(1),
            Sign(1, new ConsensusMessage.Prepare(One, View.Zero, A)),
            Sign(1, new ConsensusMessage.Prepare(One, View.Zero, B)))!,
        "double view change" => FaultEvidence.Of(
            KeyOf(1),
            Sign(1, Community.Change(One, new View(2))),
            Sign(1, Community.Change(One, new View(2), Claim(View.Zero))))!,
        "amnesia" => FaultEvidence.Of(
            KeyOf(1),
            Sign(1, new ConsensusMessage.Commit(One, new View(1), A)),
            Sign(1, Community.Change(One, new View(2), Claim(View.Zero))))!,
        "prevote against the lock" => FaultEvidence.Of(
            KeyOf(1),
            Sign(1, new ConsensusMessage.Precommit(One, new View(1), A)),
            Sign(1, new ConsensusMessage.Prevote(One, new View(2), B, View.Zero)))!,
        "prevote of another" => FaultEvidence.Of(
            KeyOf(1),
            Sign(1, new ConsensusMessage.Precommit(One, new View(1), A)),
            Sign(1, new ConsensusMessage.Prevote(One, new View(1), B)))!,
        "wrong chain" => Invalid(ProposalFault.WrongChain, h => h with { Chain = ChainId.Parse("other") }),
        "wrong validators" => Invalid(ProposalFault.WrongValidators, h => h with { Validators = A }),
        "wrong proposer" => Invalid(ProposalFault.WrongProposer, h => h with { Proposer = KeyOf(3) }),
        "not its turn" => NotItsTurn(),
        "bad batch" => BadBatch([1, 2, 3], proposer: 0),
        _ => FaultEvidence.OfOutsider(
            Community.KeyOf("stranger"),
            Sign(Community.KeyOf("stranger"), new ConsensusMessage.Prepare(One, View.Zero, A)))!,
    };

    private FaultEvidence.InvalidProposal Invalid(ProposalFault fault, Func<BlockHeader, BlockHeader> spoil)
    {
        Block good = _community.MakeBlock(Community.Genesis, 0, new Instant(5), "batch");
        Block bad = Block.Create(spoil(good.Header), good.Batches);
        SignedStatement proposal = Sign(0, new ConsensusMessage.PrePrepare(One, View.Zero, bad));
        return (FaultEvidence.InvalidProposal)FaultEvidence.OfProposal(KeyOf(0), proposal, bad.Header, fault, null)!;
    }

    private FaultEvidence NotItsTurn()
    {
        int wrong = (ProposerRotation.Proposer(_community.Set, One, View.Zero).Value + 1) % 4;
        Block block = _community.MakeBlock(Community.Genesis, wrong, new Instant(5));
        SignedStatement proposal = Sign(wrong, new ConsensusMessage.Proposal(One, View.Zero, block, null));
        return FaultEvidence.OfProposal(KeyOf(wrong), proposal, block.Header, ProposalFault.NotItsTurn, null)!;
    }

    private FaultEvidence BadBatch(byte[] batch, int proposer)
    {
        Block named = _community.MakeBlock(Community.Genesis, proposer, new Instant(5));
        Block block = Block.Create(named.Header, [A, SignedBatch.HashOf(batch), B]);
        SignedStatement proposal = Sign(0, new ConsensusMessage.PrePrepare(One, View.Zero, block));
        return FaultEvidence.OfProposal(
            KeyOf(0), proposal, block.Header, ProposalFault.BadBatch, BatchInBlock.Of(block, 1, batch))!;
    }

    private byte[] GoodBatch() => SignedBatch.Sign(
        _community.Chain,
        1,
        new Instant(5),
        BatchFlags.None,
        [new Command.CancelOrder(AccountId.Parse("alice"), new OrderId(1))],
        new FakeSigner(Community.KeyOf("alice"))).Bytes.ToArray();

    private static PreparedBlock Claim(View view) => new(
        new PreparedCertificate(One, view, A, []), new Community(4).MakeBlock(Community.Genesis, 0, default));

    private static byte[] Swapped(byte[] bytes)
    {
        const int Header = 2 + 1 + PublicKey.Size;
        int half = (bytes.Length - Header) / 2;
        return [.. bytes[..Header], .. bytes[(Header + half)..], .. bytes[Header..(Header + half)]];
    }

    private PublicKey KeyOf(int validator) => _community.Signers[validator].PublicKey;

    private SignedStatement Sign(int sender, ConsensusMessage message) => Sign(_community, sender, message);

    private static SignedStatement Sign(Community community, int sender, ConsensusMessage message)
    {
        SignedMessage signed = community.Sign(sender, message).Value;
        return new SignedStatement(signed.Bytes, signed.Signature);
    }

    private SignedStatement Sign(PublicKey key, ConsensusMessage message)
    {
        byte[] statement = Statement.Of(message);
        return new SignedStatement(
            statement, new FakeSigner(key).Sign(Statement.SignedBytes(_community.Chain, statement)));
    }

    private EvidenceRefusal Verify(byte[] bytes, out FaultEvidence? evidence) =>
        new EvidenceVerifier(_community.Chain, new FakeVerifier()).Verify(bytes, _ => _community.Set, out evidence);
}
