using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Evidence;

/// <summary>A statement with what it promises.</summary>
/// <param name="bytes">Not to be changed.</param>
internal sealed class ReadStatement(byte[] bytes, Promise promise)
{
    private Hash32? _digest;

    public byte[] Bytes => bytes;

    public Promise Promise => promise;

    /// <summary>The statement's SHA-256: a shorter one could be made to collide.</summary>
    public Hash32 Digest => _digest ??= Hash32.Of(bytes);
}
