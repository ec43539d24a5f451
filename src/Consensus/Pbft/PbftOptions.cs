using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pbft;

/// <summary>Where a machine starts, and how patient it is.</summary>
public sealed record PbftOptions
{
    public required ChainId Chain { get; init; }

    /// <summary>This node's position in <see cref="Validators"/>; null for an observer, which only follows.</summary>
    public required ValidatorIndex? Self { get; init; }

    /// <summary>The set that decides the height after <see cref="Tip"/>.</summary>
    public required ValidatorSet Validators { get; init; }

    /// <summary>This node's key, by which an observer sees that it has joined; null for one that never votes.</summary>
    public PublicKey? SelfKey { get; init; }

    /// <summary>The first height of <see cref="Validators"/>.</summary>
    public Height SetSince { get; init; } = Height.Genesis;

    /// <summary>The first height of a set that is decided already; null when none waits.</summary>
    public Height? Border { get; init; }

    public required ChainTip Tip { get; init; }

    /// <summary>
    /// Heights in flight, 1 … <see cref="Ledger.Limits.MaxConsensusWindow"/>. The same for all validators.
    /// </summary>
    public int Window { get; init; } = GenesisBlock.DefaultConsensusWindow;

    /// <summary>The certificate of <see cref="Tip"/>, when it is known.</summary>
    public CommitCertificate? TipCertificate { get; init; }

    /// <summary>How long a view may take to decide while it is not known how long decisions take.</summary>
    public Duration ViewTimeout { get; init; } = Duration.FromSeconds(1);

    /// <summary>A view gets at least so long.</summary>
    public Duration MinViewTimeout { get; init; } = Duration.FromMillis(250);

    /// <summary>The doubling stops here, unless decisions themselves take longer.</summary>
    public Duration MaxViewTimeout { get; init; } = Duration.FromSeconds(1);

    /// <summary>How long to wait before saying the same again while a height is undecided.</summary>
    public Duration ResendDelay { get; init; } = Duration.FromMillis(500);

    /// <summary>How often a node says where it stands while nothing waits.</summary>
    public Duration IdleDelay { get; init; } = Duration.FromSeconds(2);

    /// <summary>Every so many heights the validators sign the state, from 1.</summary>
    public int CheckpointInterval { get; init; } = 16;

    /// <summary>How far ahead of the own clock the time of a first proposal may be.</summary>
    public Duration MaxClockDrift { get; init; } = Duration.FromSeconds(5);

    /// <summary>
    /// For systematic tests: who leads the turns (height − 1 + view), over and over; null for the protocol's own rule.
    /// </summary>
    internal IReadOnlyList<ValidatorIndex>? Leaders { get; init; }
}
