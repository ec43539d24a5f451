using System.Collections.Generic;
using EnergyNode.Consensus.Evidence;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>What the sentinel publishes on the event stream, and what it is asked.</summary>
public abstract record SentinelMessage
{
    private SentinelMessage()
    {
    }

    /// <summary>Published: this node holds a proof that a validator broke the protocol.</summary>
    public sealed record Accused(FaultEvidence Evidence) : SentinelMessage;

    /// <summary>Published: the ledger has the proof of an offence.</summary>
    public sealed record Committed(Offence Offence, Height Height) : SentinelMessage;

    /// <summary>Published by consensus: from now on this node leads, or another does.</summary>
    public sealed record Leading(bool Leads) : SentinelMessage;

    /// <summary>To the sentinel; answered with <see cref="Report"/>.</summary>
    public sealed record Ask : SentinelMessage;

    /// <param name="Waiting">Evidence that is not on the ledger yet.</param>
    /// <param name="Accusations">Made in this life.</param>
    /// <param name="Expelled">Validators that this node does not talk to.</param>
    public sealed record Report(
        IReadOnlyList<FaultEvidence> Waiting, long Accusations, IReadOnlyList<PublicKey> Expelled) : SentinelMessage;
}
