using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Evidence;

/// <summary>A statement with what it promises.</summary>
/// <param name="Bytes">Not to be changed.</param>
internal sealed record ReadStatement(byte[] Bytes, Promise Promise)
{
    private Hash32? _digest;

    /// <summary>The statement's SHA-256: a shorter one could be made to collide.</summary>
    public Hash32 Digest => _digest ??= Hash32.Of(Bytes);
}
