using System;
using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Execution;

namespace EnergyNode.Actors.Node;

/// <summary>What the ledger actor takes and tells.</summary>
public abstract record LedgerMessage
{
    private LedgerMessage()
    {
    }

    /// <summary>To the ledger: journal this block, then execute it. Ignored unless it is the next one.</summary>
    public sealed record Execute(DecidedBlock Block) : LedgerMessage;

    /// <summary>To the ledger: run a question on the state between two blocks and answer with its result.</summary>
    public sealed record Inspect(Func<LedgerState, ChainHead, object> Question) : LedgerMessage;

    /// <summary>From the ledger, once: the journal is replayed and the node can take part.</summary>
    /// <param name="Signers">Every key that may sign batches, with its nonces.</param>
    /// <param name="CloseDue">When block time closes the open epoch; null under the oracle clock.</param>
    public sealed record Ready(
        ChainHead Head, IReadOnlyList<KeyValuePair<PublicKey, NonceWindow>> Signers, Instant? CloseDue)
        : LedgerMessage
    {
        /// <summary>What validators were proved to have done so far.</summary>
        public IReadOnlyList<Offence> Offences { get; init; } = [];

        /// <summary>Of those who did it, who may be in a set again: they were jailed and have unjailed.</summary>
        public IReadOnlySet<PublicKey> Reinstated { get; init; } = new SortedSet<PublicKey>();

        /// <summary>Those of the signers who are validators without an account: they may bring evidence only.</summary>
        public IReadOnlyList<PublicKey> EvidenceSigners { get; init; } = [];
    }

    /// <summary>From the ledger: a block is durable and executed.</summary>
    /// <param name="Signers">The keys whose nonces changed, and keys that are new.</param>
    /// <param name="Replayed">It came from this node's own journal at start-up.</param>
    public sealed record Applied(
        DecidedBlock Block,
        BlockOutcome Outcome,
        ChainHead Head,
        IReadOnlyList<KeyValuePair<PublicKey, NonceWindow>> Signers,
        Instant? CloseDue,
        bool Replayed) : LedgerMessage
    {
        /// <summary>As in <see cref="Ready"/>; not told of replayed blocks.</summary>
        public IReadOnlyList<PublicKey> EvidenceSigners { get; init; } = [];
    }
}
