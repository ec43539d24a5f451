using System;
using System.Collections.Generic;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>What the mempool actor takes.</summary>
public abstract record MempoolMessage
{
    private MempoolMessage()
    {
    }

    /// <summary>A client hands in a batch.</summary>
    public sealed record Submit(PublicKey Client, ReadOnlyMemory<byte> Bytes) : MempoolMessage;

    /// <summary>This node itself hands in batches; the next block takes all of them, as far as they fit.</summary>
    public sealed record SubmitOwn(IReadOnlyList<ReadOnlyMemory<byte>> Batches) : MempoolMessage;

    /// <summary>A peer spreads batches or answers a request for them.</summary>
    public sealed record FromPeer(PublicKey Peer, ReadOnlyMemory<byte> Bytes) : MempoolMessage;

    /// <summary>A peer wants batches.</summary>
    public sealed record PeerWants(PublicKey Peer, ReadOnlyMemory<byte> Bytes) : MempoolMessage;

    /// <summary>A peer names batches that it holds and that still wait.</summary>
    public sealed record PeerHolds(PublicKey Peer, ReadOnlyMemory<byte> Bytes) : MempoolMessage;

    /// <summary>Batches of a decided block that was fetched whole; not limited by quotas.</summary>
    public sealed record Fetched(DecidedBlock Block) : MempoolMessage;

    /// <summary>Consensus asks for work; answered once, when something waits.</summary>
    public sealed record WantWork(Height Height) : MempoolMessage
    {
        /// <summary>Batches of blocks below that are not executed yet.</summary>
        public IReadOnlyList<Hash32> Taken { get; init; } = [];

        /// <summary>Blocks below are not executed: one of them may do what is due, such as a close.</summary>
        public bool IsAboveOthers { get; init; }
    }

    /// <summary>Consensus asks that all batches of a block be held.</summary>
    public sealed record WantPayload(Block Block, PublicKey From) : MempoolMessage;

    /// <summary>Consensus decided: hand the block with its batches to the ledger.</summary>
    public sealed record Decided(Verified<Decision> Decision) : MempoolMessage;

    /// <summary>How much waits; answered with <see cref="MempoolStatus"/>.</summary>
    public sealed record AskStatus : MempoolMessage;
}
