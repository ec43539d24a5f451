using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pos;

/// <summary>Where a machine starts, and how patient it is.</summary>
public sealed record PosOptions
{
    public required ChainId Chain { get; init; }

    /// <summary>This node's position in <see cref="Validators"/>; null for an observer, which only follows.</summary>
    public required ValidatorIndex? Self { get; init; }

    /// <summary>The set that decides the height after <see cref="Tip"/>. Powers are positive.</summary>
    public required ValidatorSet Validators { get; init; }

    /// <summary>This node's key, by which an observer sees that it has joined; null for one that never votes.</summary>
    public PublicKey? SelfKey { get; init; }

    /// <summary>The first height of <see cref="Validators"/>.</summary>
    public Height SetSince { get; init; } = Height.Genesis;

    public required ChainTip Tip { get; init; }

    /// <summary>How long round 0 waits for its proposal and the batches.</summary>
    public Duration ProposeTimeout { get; init; } = Duration.FromSeconds(2);

    /// <summary>How long round 0 waits for agreement after a quorum's prevotes, and after its precommits.</summary>
    public Duration VoteTimeout { get; init; } = Duration.FromSeconds(1);

    /// <summary>What each further round adds to each time-out.</summary>
    public Duration TimeoutIncrease { get; init; } = Duration.FromMillis(500);

    /// <summary>No time-out is longer.</summary>
    public Duration MaxTimeout { get; init; } = Duration.FromSeconds(30);

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
