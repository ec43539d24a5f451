using System;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Evidence;

/// <summary>Everything that can happen to a sentinel.</summary>
public abstract record SentinelInput
{
    private SentinelInput()
    {
    }

    /// <summary>A validator said something; also what consensus ignores, and what this node said itself.</summary>
    /// <param name="Set">The message was verified with this set.</param>
    public sealed record Heard(Verified<SignedMessage> Message, ValidatorSet Set) : SentinelInput;

    /// <summary>A block was decided; its certificate was verified with this set. One of work signs nothing.</summary>
    public sealed record Decided(FinalityCertificate Certificate, ValidatorSet Set) : SentinelInput;

    /// <summary>The ledger executed a block: the set of the next height is known from here on.</summary>
    public sealed record Applied(Height Height, ValidatorSet Next) : SentinelInput;

    /// <summary>Bytes that a proposal named, and that no honest validator lets into a block.</summary>
    public sealed record BadBatch(ReadOnlyMemory<byte> Bytes) : SentinelInput;

    /// <summary>Somebody connected with this key said something that no validator of the set signed.</summary>
    public sealed record Stranger(PublicKey Peer, ReadOnlyMemory<byte> Wire) : SentinelInput;

    /// <summary>A frame of another validator's sentinel.</summary>
    public sealed record FromPeer(PublicKey Peer, SentinelFrame Kind, ReadOnlyMemory<byte> Bytes) : SentinelInput;

    /// <summary>It is time to gossip.</summary>
    public sealed record Ticked : SentinelInput;
}
