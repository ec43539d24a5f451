using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>
/// What many nodes of one chain in one process need not all do by themselves, as each would find the same: reading,
/// verifying and hashing the bytes of one broadcast. Not thread-safe.
/// </summary>
public sealed class SharedWork
{
    public SharedVerifications Verifications { get; } = new();

    public FrameDigests Digests { get; } = new();

    public SharedHashes Hashes { get; } = new();
}
