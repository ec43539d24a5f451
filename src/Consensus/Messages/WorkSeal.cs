using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>The proof of work of a block and its miner's signature on it.</summary>
/// <param name="Nonce">With the block's hash it gives a hash that is low enough for the difficulty.</param>
/// <param name="Signature">Of <see cref="ConsensusMessage.Mined"/>, by the block's proposer.</param>
public sealed record WorkSeal(Difficulty Difficulty, ulong Nonce, Signature Signature)
{
    public void Encode(BorshWriter writer)
    {
        writer.I64(Difficulty.Hashes);
        writer.U64(Nonce);
        writer.Signature(Signature);
    }

    /// <summary>Reads a seal, unverified; the caller checks <see cref="BorshReader.Ok"/>.</summary>
    public static WorkSeal Decode(ref BorshReader reader) =>
        new(WireFields.ReadDifficulty(ref reader), reader.U64(), reader.Signature());
}
