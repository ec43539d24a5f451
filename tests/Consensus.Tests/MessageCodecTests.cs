using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Consensus.Tests.Support;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Consensus.Tests;

public sealed class MessageCodecTests
{
    private static readonly Community Four = new(4);
    private static readonly Community Stakes = new(ConsensusProtocol.Pos, 1, 1, 1, 1);
    private static readonly Block Sample = Four.MakeBlock(Community.Genesis, 0, new Instant(7), "a", "b");

    public static TheoryData<string> Kinds => [.. Messages().Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_encoded_is_decoded_to_the_same_bytes(string kind)
    {
        byte[] wire = Wire(kind);
        MessageRefusal refusal = VerifierOf(kind).Verify(
            wire, Four.Set, Height.Genesis, out Verified<SignedMessage> message);
        Assert.Equal(MessageRefusal.None, refusal);
        Assert.Equal(wire, message.Value.ToArray());
        Assert.Equal(Messages()[kind].GetType(), message.Value.Message.GetType());
        Assert.Equal(Statement.Of(message.Value.Message), message.Value.Bytes);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_truncation_and_every_extension_is_refused(string kind)
    {
        byte[] wire = Wire(kind);
        for (int length = 0; length < wire.Length; length++)
        {
            Assert.Null(SignedMessage.Decode(wire.AsSpan(0, length)));
        }

        Assert.Null(SignedMessage.Decode([.. wire, 0]));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_flipped_bit_is_refused(string kind)
    {
        byte[] wire = Wire(kind);
        for (int bit = 0; bit < wire.Length * 8; bit++)
        {
            wire[bit / 8] ^= (byte)(1 << (bit % 8));
            MessageRefusal refusal = VerifierOf(kind).Verify(wire, Four.Set, Height.Genesis, out _);
            Assert.True(refusal != MessageRefusal.None, $"bit {bit} of a {kind} is not covered");
            wire[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void The_largest_message_fits_the_limit()
    {
        Community crowd = new(Ledger.Limits.MaxValidators);
        string[] batches = new string[Ledger.Limits.MaxBatchesPerBlock];
        for (int i = 0; i < batches.Length; i++)
        {
            batches[i] = $"batch {i}";
        }

        int[] everyone = new int[crowd.Set.Count];
        for (int i = 0; i < everyone.Length; i++)
        {
            everyone[i] = i;
        }

        Block block = crowd.MakeBlock(Community.Genesis, 0, new Instant(7), batches);
        View view = new(1);
        List<PreparedBlock> chosen = [];
        List<CommitCertificate> decided = [];
        for (int i = 0; i < Ledger.Limits.MaxConsensusWindow; i++)
        {
            decided.Add(crowd.Committed(block, View.Zero, everyone));
            block = crowd.MakeBlock(ChainTip.Of(block), 0, new Instant(8 + i), batches);
        }

        for (int i = 0; i <= Ledger.Limits.MaxConsensusWindow; i++)
        {
            chosen.Add(new PreparedBlock(crowd.Prepared(block, View.Zero, everyone), block));
            block = crowd.MakeBlock(ChainTip.Of(block), 0, new Instant(80 + i), batches);
        }

        PreparedBlock cut = chosen[^1];
        chosen.RemoveAt(chosen.Count - 1);
        ConsensusMessage.ViewChange change = new(chosen[0].Block.Height, view, chosen, decided);
        byte[] wire = crowd.Sign(1, change).Value.ToArray();
        Assert.InRange(wire.Length, 300_000, SignedMessage.MaxBytes);
        Assert.Equal(MessageRefusal.None, crowd.Verifier.Verify(wire, crowd.Set, Height.Genesis, out _));
        Assert.InRange(Statement.Of(change).Length, Limits.MaxStatementBytes - 8, Limits.MaxStatementBytes);
        ConsensusMessage.OpenView largest = new(change.Height, view, new NewViewProof(
            [.. everyone.Select(i => crowd.VoteIn(i, change))], decided, chosen, cut));
        wire = crowd.Sign(1, largest).Value.ToArray();
        Assert.InRange(wire.Length, 400_000, SignedMessage.MaxBytes);
        Assert.NotNull(SignedMessage.Decode(wire));
    }

    [Fact]
    public void A_signature_is_good_on_its_own_chain_only()
    {
        byte[] wire = Wire("prepare");
        MessageVerifier elsewhere = new(ChainId.Parse("other"), new FakeVerifier(), ConsensusProtocol.Pbft);
        Assert.Equal(MessageRefusal.BadSignature, elsewhere.Verify(wire, Four.Set, Height.Genesis, out _));
    }

    [Fact]
    public void A_sender_outside_the_set_is_refused()
    {
        byte[] wire = Wire("prepare");
        wire[2] = 4;
        Assert.Equal(MessageRefusal.UnknownSigner, Four.Verifier.Verify(wire, Four.Set, Height.Genesis, out _));
    }

    [Fact]
    public void Golden_bytes_of_the_statements()
    {
        Hash32 hash = new(Convert.FromHexString(string.Concat(System.Linq.Enumerable.Repeat("ab", 32))));
        string text = string.Concat(System.Linq.Enumerable.Repeat("ab", 32));
        Height height = new(258);
        View view = new(3);
        Assert.Equal("0100" + "01" + "0201000000000000" + "03000000" + text,
            Hex(new ConsensusMessage.Prepare(height, view, hash)));
        Assert.Equal("0100" + "02" + "0201000000000000" + "03000000" + text,
            Hex(new ConsensusMessage.Commit(height, view, hash)));
        Assert.Equal("0100" + "03" + "0201000000000000" + "03000000" + "00000000",
            Hex(Community.Change(height, view)));
        PreparedBlock prepared = new(new PreparedCertificate(height, new View(2), Sample.Hash, []), Sample);
        Assert.Equal(
            "0100" + "03" + "0201000000000000" + "03000000" + "02000000" + "00" + "01" + "02000000" + Hex(Sample.Hash),
            Hex(Community.Change(height, view, null, prepared)));
        Assert.Equal("0100" + "04" + "0201000000000000" + "03000000" + "1000000000000000" + "0001",
            Hex(new ConsensusMessage.Status(height, view, new Height(16)) { LacksNewView = true }));
        Assert.Equal("0100" + "04" + "0201000000000000" + "03000000" + "1000000000000000" + "0100",
            Hex(new ConsensusMessage.Status(height, view, new Height(16)) { IsBlank = true }));
        Assert.Equal("0100" + "0a" + "0201000000000000" + "03000000" + "01000000" + Hex(Sample.Hash),
            Hex(Four.Open(height, view, [prepared])));
        Assert.Equal("0100" + "0b" + "0201000000000000" + "03000000" + text,
            Hex(new ConsensusMessage.Committed(new CommitCertificate(height, view, hash, []))));
        Assert.Equal("0100" + "05" + "0201000000000000" + text + text + text,
            Hex(new ConsensusMessage.CheckpointVote(height, hash, hash, hash)));
        Assert.Equal("0100" + "06" + "0201000000000000" + "03000000" + Hex(Sample.Hash) + "00",
            Hex(new ConsensusMessage.Proposal(height, view, Sample, null)));
        Assert.Equal("0100" + "06" + "0201000000000000" + "03000000" + Hex(Sample.Hash) + "01" + "02000000",
            Hex(new ConsensusMessage.Proposal(
                height, view, Sample, new PreparedCertificate(height, new View(2), Sample.Hash, []))));
        Assert.Equal("0100" + "07" + "0201000000000000" + "03000000" + "01" + text + "00",
            Hex(new ConsensusMessage.Prevote(height, view, hash)));
        Assert.Equal("0100" + "07" + "0201000000000000" + "03000000" + "01" + text + "01" + "02000000",
            Hex(new ConsensusMessage.Prevote(height, view, hash, new View(2))));
        Assert.Equal("0100" + "07" + "0201000000000000" + "03000000" + "00",
            Hex(new ConsensusMessage.Prevote(height, view, null)));
        Assert.Equal("0100" + "08" + "0201000000000000" + "03000000" + "00",
            Hex(new ConsensusMessage.Precommit(height, view, null)));
        Assert.Equal("0100" + "09" + "0201000000000000" + "03000000" + Hex(Sample.Hash),
            Hex(new ConsensusMessage.Polka(new PreparedCertificate(height, view, Sample.Hash, []), Sample)));
        Assert.Equal(
            "16000000" + Convert.ToHexStringLower("energynode/consensus/1"u8) + "04000000" + "74657374" + "ff",
            Convert.ToHexStringLower(Statement.SignedBytes(ChainId.Parse("test"), [0xFF])));
    }

    /// <param name="valid">Of a prevote of round 1: below it, or refused by whoever reads messages and proofs.</param>
    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    public void A_prevote_names_a_valid_round_below_its_own(int valid, bool isGood)
    {
        ConsensusMessage.Prevote vote = new(new Height(1), new View(1), Sample.Hash, new View(valid));
        byte[] wire = Stakes.Sign(1, vote).Value.ToArray();

        Assert.Equal(isGood ? vote : null, SignedMessage.Decode(wire)?.Message);
        Assert.Equal(isGood, EnergyNode.Consensus.Evidence.Promise.Read(Statement.Of(vote)) is not null);
        PreparedCertificate polka = Stakes.Polka(Sample, new View(1), new View(valid), 0, 1);
        wire = Stakes.Sign(1, new ConsensusMessage.Polka(polka, Sample)).Value.ToArray();
        Assert.Equal(isGood, SignedMessage.Decode(wire) is not null);
    }

    [Fact]
    public void Decisions_and_checkpoints_are_decoded_to_the_same_bytes()
    {
        BorshWriter writer = new();
        new Decision(Sample, Four.Committed(Sample, new View(2), 0, 1, 3)).Encode(writer);
        byte[] bytes = writer.ToArray();
        BorshReader reader = new(bytes);
        Decision decision = Assert.IsType<Decision>(Decision.Decode(ref reader));
        Assert.True(reader.End());
        writer.Clear();
        decision.Encode(writer);
        Assert.Equal(bytes, writer.ToArray());

        ConsensusMessage.CheckpointVote vote = new(new Height(8), Sample.Hash, Hash32.Zero, Four.Set.Hash);
        CheckpointCertificate checkpoint = new(
            vote.Height, vote.StateRoot, vote.ReceiptsRoot, vote.NextValidators, [Four.VoteOf(0, vote)]);
        writer.Clear();
        checkpoint.Encode(writer);
        bytes = writer.ToArray();
        BorshReader again = new(bytes);
        CheckpointCertificate copy = CheckpointCertificate.Decode(ref again);
        Assert.True(again.End());
        writer.Clear();
        copy.Encode(writer);
        Assert.Equal(bytes, writer.ToArray());
    }

    private static string Hex(ConsensusMessage message) => Convert.ToHexStringLower(Statement.Of(message));

    private static string Hex(Hash32 hash) => Convert.ToHexStringLower(hash.ToArray());

    private static MessageVerifier VerifierOf(string kind) =>
        kind.StartsWith("PoS", StringComparison.Ordinal) ? Stakes.Verifier : Four.Verifier;

    private static byte[] Wire(string kind) => Four.Sign(1, Messages()[kind]).Value.ToArray();

    private static Dictionary<string, ConsensusMessage> Messages()
    {
        Height height = Sample.Height;
        PreparedBlock prepared = new(Four.Prepared(Sample, View.Zero, 0, 1, 2), Sample);
        PreparedCertificate polka = Stakes.Prepared(Sample, View.Zero, 0, 1, 2);
        View one = new(1);
        return new Dictionary<string, ConsensusMessage>
        {
            ["proposal"] = new ConsensusMessage.PrePrepare(height, View.Zero, Sample),
            ["empty new view"] = Four.Open(height, one, [], 1, 2, 3),
            ["new view"] = Four.Open(height, one, [prepared], 1, 2, 3),
            ["certificate"] = new ConsensusMessage.Committed(Four.Committed(Sample, one, 0, 1, 2)),
            ["prepare"] = new ConsensusMessage.Prepare(height, one, Sample.Hash),
            ["commit"] = new ConsensusMessage.Commit(height, one, Sample.Hash),
            ["view change"] = Community.Change(height, one),
            ["view change with certificate"] = Community.Change(height, one, prepared),
            ["status"] = new ConsensusMessage.Status(height, one, Height.Genesis),
            ["PoS proposal"] = new ConsensusMessage.Proposal(height, one, Sample, null),
            ["PoS proposal of a valid block"] = new ConsensusMessage.Proposal(height, one, Sample, polka),
            ["PoS prevote"] = new ConsensusMessage.Prevote(height, one, Sample.Hash),
            ["PoS prevote of a valid block"] = new ConsensusMessage.Prevote(height, one, Sample.Hash, View.Zero),
            ["PoS prevote for none"] = new ConsensusMessage.Prevote(height, one, null),
            ["PoS precommit"] = new ConsensusMessage.Precommit(height, one, Sample.Hash),
            ["PoS precommit for none"] = new ConsensusMessage.Precommit(height, one, null),
            ["PoS polka of a valid block"] = new ConsensusMessage.Polka(
                Stakes.Polka(Sample, new View(2), one, 0, 1, 2), Sample),
            ["PoS polka"] = new ConsensusMessage.Polka(polka, Sample),
            ["checkpoint vote"] = new ConsensusMessage.CheckpointVote(height, Sample.Hash, Sample.Hash, Four.Set.Hash),
        };
    }
}
