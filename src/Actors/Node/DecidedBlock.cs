using System;
using System.Collections.Generic;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>A decision with the batches of its block: what the journal keeps and what lagging nodes are sent.</summary>
/// <param name="Batches">All of the block's batches in its order.</param>
public sealed record DecidedBlock(Verified<Decision> Decision, IReadOnlyList<Verified<SignedBatch>> Batches)
{
    public const ushort Version = 1;
    public const string Manifest = "decided-block/1";

    public Block Block => Decision.Value.Block;

    /// <param name="writer">To be used for it; what it holds is lost.</param>
    public byte[] ToArray(BorshWriter writer)
    {
        writer.Clear();
        writer.Version(Version);
        Decision.Value.Encode(writer);
        writer.Count(Batches.Count);
        foreach (Verified<SignedBatch> batch in Batches)
        {
            writer.Bytes(batch.Value.Bytes.Span);
        }

        return writer.ToArray();
    }

    /// <summary>Reads a block and checks it whole: certificate, batch hashes, every signature.</summary>
    /// <param name="set">The validator set of the block's height.</param>
    /// <param name="problem">What is wrong, for people; null when the block is returned.</param>
    public static DecidedBlock? Read(
        ReadOnlySpan<byte> bytes,
        ValidatorSet set,
        MessageVerifier messages,
        BatchVerifier batches,
        out string? problem)
    {
        BorshReader reader = new(bytes);
        reader.Version(Version);
        Decision? decision = Consensus.Decision.Decode(ref reader);
        byte[][] raw = new byte[reader.Count(Ledger.Limits.MaxBatchesPerBlock, 4)][];
        for (int i = 0; i < raw.Length && reader.Ok; i++)
        {
            raw[i] = reader.Bytes(Ledger.Limits.MaxBatchBytes).ToArray();
        }

        if (!reader.End() || decision is null)
        {
            problem = $"not a decided block ({reader.Error})";
            return null;
        }

        MessageRefusal refusal = messages.Verify(decision, set, out Verified<Decision> verified);
        if (refusal != MessageRefusal.None)
        {
            problem = $"the certificate of block {decision.Block.Height} is not valid ({refusal})";
            return null;
        }

        List<Verified<SignedBatch>> good = new(raw.Length);
        problem = Check(decision.Block, raw, batches, good);
        return problem is null ? new DecidedBlock(verified, good) : null;
    }

    /// <summary>Reads the decision alone and checks its certificate; the batches are not looked at.</summary>
    /// <returns>Null when it cannot be read or believed.</returns>
    public static Verified<Decision>? ReadDecision(
        ReadOnlySpan<byte> bytes, ValidatorSet set, MessageVerifier messages)
    {
        BorshReader reader = new(bytes);
        reader.Version(Version);
        return Consensus.Decision.Decode(ref reader) is { } decision
            && messages.Verify(decision, set, out Verified<Decision> verified) == MessageRefusal.None
                ? verified
                : null;
    }

    private static string? Check(
        Block block, byte[][] raw, BatchVerifier verifier, List<Verified<SignedBatch>> good)
    {
        if (raw.Length != block.Batches.Count)
        {
            return $"block {block.Height} has {block.Batches.Count} batches, not {raw.Length}";
        }

        for (int i = 0; i < raw.Length; i++)
        {
            BatchRefusal refusal = verifier.Verify(raw[i], out Verified<SignedBatch> batch);
            if (refusal != BatchRefusal.None)
            {
                return $"batch {i} of block {block.Height} is not valid ({refusal})";
            }

            if (batch.Value.Hash != block.Batches[i])
            {
                return $"batch {i} of block {block.Height} is another one than the block names";
            }

            good.Add(batch);
        }

        return null;
    }
}
