using System;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>What the sync actor takes.</summary>
public abstract record SyncMessage
{
    private SyncMessage()
    {
    }

    /// <summary>Consensus saw that a peer is ahead.</summary>
    /// <param name="IsComparison">Consensus wants to see the peer's blocks of heights that are executed here.</param>
    public sealed record CatchUp(PublicKey Peer, Height From, bool IsComparison = false) : SyncMessage;

    /// <summary>A peer asks for decided blocks.</summary>
    public sealed record PeerWants(PublicKey Peer, ReadOnlyMemory<byte> Bytes) : SyncMessage;

    /// <summary>A peer sends decided blocks.</summary>
    public sealed record FromPeer(PublicKey Peer, ReadOnlyMemory<byte> Bytes) : SyncMessage;
}
