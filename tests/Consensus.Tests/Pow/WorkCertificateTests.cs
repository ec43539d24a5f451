using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Consensus.Pow;
using EnergyNode.Consensus.Tests.Support;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Consensus.Tests.Pow;

/// <summary>Proofs of work and what may be believed of them.</summary>
public sealed class WorkCertificateTests
{
    private static readonly Community Four = new(ConsensusProtocol.Pow, 1, 1, 1, 1);
    private static readonly int Depth = Community.Work.Depth;

    [Fact]
    public void The_proof_is_the_hash_that_the_specification_describes()
    {
        byte[] input = [.. "ENWORK1"u8, .. Community.NameHash("block").ToArray(), 0x39, 5, 0, 0, 0, 0, 0, 0];
        UInt128 x = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(Hash32.Of(input).ToArray());
        Difficulty reached = new((long)UInt128.Min(UInt128.MaxValue / x, 1L << 50));
        Assert.True(ProofOfWork.IsDone(Community.NameHash("block"), reached, 1337));
        Assert.False(ProofOfWork.IsDone(Community.NameHash("block"), new Difficulty(reached.Hashes + 1), 1337));
    }

    [Fact]
    public void A_search_takes_about_as_many_hashes_as_the_difficulty_says()
    {
        long hashes = 0;
        for (int i = 0; i < 2_000; i++)
        {
            UInt128 target = ProofOfWork.Target(new Difficulty(50));
            hashes += (long)ProofOfWork.Find(Community.NameHash($"block {i}"), target, 0, 100_000)!.Value + 1;
        }

        Assert.InRange(hashes, 90_000, 110_000);
    }

    [Fact]
    public void A_chain_of_k_headers_above_a_block_makes_it_final()
    {
        Decision decision = Make(Depth);
        Assert.Equal(MessageRefusal.None, Four.Verifier.Verify(decision, Four.Set, out _));
        BorshWriter writer = new();
        decision.Encode(writer);
        BorshReader reader = new(writer.WrittenSpan);
        Decision read = Decision.Decode(ref reader)!;
        Assert.True(reader.End());
        Assert.Equal(MessageRefusal.None, Four.Verifier.Verify(read, Four.Set, out _));
        BorshWriter again = new();
        read.Encode(again);
        Assert.Equal(writer.ToArray(), again.ToArray());
    }

    [Fact]
    public void Every_changed_byte_is_refused_or_unreadable()
    {
        BorshWriter writer = new();
        Make(Depth).Encode(writer);
        byte[] good = writer.ToArray();
        for (int at = 0; at < good.Length; at++)
        {
            byte[] bad = [.. good];
            bad[at] ^= 0x10;
            BorshReader reader = new(bad);
            bool isBelieved = Decision.Decode(ref reader) is { } decision && reader.End()
                && Four.Verifier.Verify(decision, Four.Set, out _) == MessageRefusal.None;
            Assert.False(isBelieved, $"byte {at}");
        }
    }

    [Theory]
    [InlineData(-1, MessageRefusal.NoQuorum)]
    [InlineData(1, MessageRefusal.NoQuorum)]
    public void Fewer_and_more_headers_than_k_are_refused(int more, MessageRefusal expected) =>
        Assert.Equal(expected, Four.Verifier.Verify(Make(Depth + more), Four.Set, out _));

    [Fact]
    public void Work_that_was_not_done_or_done_for_something_else_is_refused()
    {
        Decision good = Make(Depth);
        WorkCertificate work = (WorkCertificate)good.Certificate;
        WorkSeal harder = work.Seal with { Difficulty = new Difficulty(1L << 40) };
        WorkSeal easier = work.Seal with { Difficulty = new Difficulty(31) };
        List<SealedHeader> swapped = [work.Above[1], work.Above[0], .. work.Above.Skip(2)];
        List<SealedHeader> cheap = [.. Make(Depth, firstAbove: 16).Certificate is WorkCertificate c ? c.Above : []];
        (WorkCertificate Bad, MessageRefusal Expected)[] cases =
        [
            (work with { Seal = harder }, MessageRefusal.NotEnoughWork),
            (work with { Seal = easier }, MessageRefusal.BadCertificateSignature),
            (work with { Above = swapped }, MessageRefusal.CertificateMismatch),
            (work with { Above = cheap }, MessageRefusal.WrongDifficulty),
            (work with { Height = new Height(2) }, MessageRefusal.CertificateMismatch),
        ];
        foreach ((WorkCertificate bad, MessageRefusal expected) in cases)
        {
            Assert.Equal(expected, Four.Verifier.Verify(good with { Certificate = bad }, Four.Set, out _));
        }
    }

    [Fact]
    public void Votes_are_no_work_and_work_is_no_vote()
    {
        Decision mined = Make(Depth);
        Community votes = new(4);
        Assert.Equal(MessageRefusal.ForeignProtocol, votes.Verifier.Verify(mined, Four.Set, out _));
        Decision voted = new(mined.Block, votes.Committed(mined.Block, View.Zero, 0, 1, 2));
        Assert.Equal(MessageRefusal.None, votes.Verifier.Verify(voted, Four.Set, out _));
        Assert.Equal(MessageRefusal.ForeignProtocol, Four.Verifier.Verify(voted, Four.Set, out _));
        ConsensusMessage prepare = new ConsensusMessage.Prepare(new Height(1), View.Zero, mined.Block.Hash);
        Assert.Equal(MessageRefusal.ForeignProtocol, Refusal(0, prepare));
    }

    [Fact]
    public void Nobody_mines_in_anothers_name_or_without_work()
    {
        Block block = Four.MakeBlock(Community.Genesis, 1, new Instant(1_000), "a");
        ConsensusMessage.Mined mined = Mine(block, Community.Work.InitialDifficulty);
        Assert.Equal(MessageRefusal.None, Refusal(1, mined));
        Assert.Equal(MessageRefusal.CertificateMismatch, Refusal(2, mined));
        Assert.Equal(MessageRefusal.NotEnoughWork, Refusal(1, mined with { Difficulty = new Difficulty(1L << 50) }));
        Assert.Equal(
            MessageRefusal.None,
            Refusal(1, new ConsensusMessage.Tip(new Height(3), block.Hash)));
        Assert.Equal(
            MessageRefusal.None,
            Refusal(1, new ConsensusMessage.WantBranch(new Height(3), block.Hash, Height.Genesis)));
    }

    [Theory]
    [InlineData(31, MessageRefusal.WrongDifficulty)]
    [InlineData(32, MessageRefusal.None)]
    public void No_work_counts_that_is_easier_than_any_block_can_be(long hashes, MessageRefusal expected)
    {
        WorkParameters work = Community.Work with { InitialDifficulty = new Difficulty(32 * 256) };
        Assert.Equal(new Difficulty(32), DifficultyRule.Floor(work));
        MessageVerifier verifier = new(Four.Chain, new FakeVerifier(), ConsensusProtocol.Pow, work);
        Block block = Four.MakeBlock(Community.Genesis, 1, new Instant(1_000), "a");
        byte[] wire = Four.Sign(1, Mine(block, new Difficulty(hashes))).Value.ToArray();
        Assert.Equal(expected, verifier.Verify(wire, Four.Set, Height.Genesis, out _));
    }

    private static MessageRefusal Refusal(int sender, ConsensusMessage message)
    {
        byte[] wire = Four.Sign(sender, message).Value.ToArray();
        MessageRefusal refusal = Four.Verifier.Verify(
            wire, Four.Set, Height.Genesis, out Verified<SignedMessage> verified);
        Assert.True(refusal != MessageRefusal.None || verified.Value.ToArray().SequenceEqual(wire));
        return refusal;
    }

    private static ConsensusMessage.Mined Mine(Block block, Difficulty difficulty) => new(
        block.Height, block, difficulty,
        ProofOfWork.Find(block.Hash, ProofOfWork.Target(difficulty), 0, int.MaxValue)!.Value);

    /// <summary>Blocks in turn by all, 300 ms apart.</summary>
    /// <param name="firstAbove">The difficulty of the first header above the block, if not the right one.</param>
    private static Decision Make(int above, long? firstAbove = null)
    {
        ChainTip tip = Community.Genesis;
        FinalBlock below = Community.FinalOf(null);
        List<(Block Block, SealedHeader Header)> chain = [];
        for (int i = 0; i <= above; i++)
        {
            Instant time = new(1_000_000 + (i * 300_000));
            Block block = Four.MakeBlock(tip, i % 4, time, $"batch {i}");
            Difficulty difficulty = i == 1 && firstAbove is { } other
                ? new Difficulty(other)
                : DifficultyRule.After(Community.Work, below, time);
            ConsensusMessage.Mined mined = Mine(block, difficulty);
            Signature signature = Four.Sign(i % 4, mined).Value.Signature;
            chain.Add((block, new SealedHeader(block.Header, new WorkSeal(difficulty, mined.Nonce, signature))));
            tip = ChainTip.Of(block);
            below = new FinalBlock(block.Height, block.Hash, time, difficulty);
        }

        return new Decision(chain[0].Block, new WorkCertificate(
            chain[0].Block.Height, chain[0].Block.Hash, chain[0].Header.Seal,
            [.. chain.Skip(1).Select(one => one.Header)]));
    }
}
