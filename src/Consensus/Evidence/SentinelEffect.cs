using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Evidence;

/// <summary>Everything that a sentinel can ask of its shell.</summary>
public abstract record SentinelEffect
{
    private SentinelEffect()
    {
    }

    /// <summary>A validator broke the protocol, and these bytes prove it. Once for each offence and life.</summary>
    public sealed record Accuse(FaultEvidence Evidence) : SentinelEffect;

    /// <summary>Write down for forensics what is known of a height (<see cref="StatementRecord"/>).</summary>
    public sealed record Keep(byte[] Record) : SentinelEffect;

    /// <param name="To">Validators, this node perhaps among them.</param>
    public sealed record Tell(IReadOnlyList<PublicKey> To, SentinelFrame Kind, byte[] Bytes) : SentinelEffect;

    public sealed record Send(PublicKey To, SentinelFrame Kind, byte[] Bytes) : SentinelEffect;
}
