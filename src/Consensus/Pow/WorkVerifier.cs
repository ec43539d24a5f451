using System;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pow;

/// <summary>
/// Checks seals and chains of them. What it cannot know is the difficulty of the lowest block: that follows from the
/// block below, which who walks a chain has at hand (<see cref="DifficultyRule"/>).
/// </summary>
internal sealed class WorkVerifier(ChainId chain, ISignatureVerifier signatures, WorkParameters work)
{
    /// <summary>The work of a message whose sender's signature is good.</summary>
    public MessageRefusal Check(ConsensusMessage.Mined mined, ValidatorIndex sender, ValidatorSet set)
    {
        // W4
        BlockHeader header = mined.Block.Header;
        if (header.Chain != chain || header.Validators != set.Hash)
        {
            return MessageRefusal.ForeignBlock;
        }

        return header.Proposer != set[sender].Key
            ? MessageRefusal.CertificateMismatch
            : CheckWork(mined.Block.Hash, mined.Difficulty, mined.Nonce);
    }

    /// <summary>A block's own seal, and the chain of exactly k headers above it.</summary>
    public MessageRefusal Check(Block block, WorkCertificate certificate, ValidatorSet set)
    {
        // W16
        if (certificate.Above.Count != work.Depth)
        {
            return MessageRefusal.NoQuorum;
        }

        MessageRefusal refusal = CheckSeal(block.Header, block.Hash, certificate.Seal, set);
        FinalBlock below = new(block.Height, block.Hash, block.Header.Time, certificate.Seal.Difficulty);
        for (int i = 0; i < certificate.Above.Count && refusal == MessageRefusal.None; i++)
        {
            SealedHeader next = certificate.Above[i];
            Hash32 hash = next.Header.ComputeHash();
            refusal = !Follows(next.Header, below) ? MessageRefusal.CertificateMismatch
                : DifficultyRule.After(work, below, next.Header.Time) != next.Seal.Difficulty
                    ? MessageRefusal.WrongDifficulty
                    : CheckSeal(next.Header, hash, next.Seal, set);
            below = new FinalBlock(next.Header.Height, hash, next.Header.Time, next.Seal.Difficulty);
        }

        return refusal;
    }

    private static bool Follows(BlockHeader header, FinalBlock below) =>
        header.Parent == below.Hash && header.Height.Value == below.Height.Value + 1
        && below.Time.Micros >= 0 && header.Time > below.Time;

    private MessageRefusal CheckSeal(BlockHeader header, Hash32 hash, WorkSeal seal, ValidatorSet set)
    {
        // W3
        if (header.Chain != chain || header.Validators != set.Hash)
        {
            return MessageRefusal.ForeignBlock;
        }

        if (set.IndexOf(header.Proposer) is null)
        {
            return MessageRefusal.UnknownSigner;
        }

        MessageRefusal refusal = CheckWork(hash, seal.Difficulty, seal.Nonce);
        if (refusal != MessageRefusal.None)
        {
            return refusal;
        }

        byte[] statement = Statement.Mined(header.Height, hash, seal.Difficulty, seal.Nonce);
        ReadOnlySpan<byte> signed = Statement.SignedBytes(chain, statement);
        return signatures.Verify(header.Proposer, signed, seal.Signature)
            ? MessageRefusal.None
            : MessageRefusal.BadCertificateSignature;
    }

    private MessageRefusal CheckWork(Hash32 hash, Difficulty difficulty, ulong nonce) =>
        difficulty.CompareTo(DifficultyRule.Floor(work)) < 0 ? MessageRefusal.WrongDifficulty
        : ProofOfWork.IsDone(hash, difficulty, nonce) ? MessageRefusal.None
        : MessageRefusal.NotEnoughWork;
}
