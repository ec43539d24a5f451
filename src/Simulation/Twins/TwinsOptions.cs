using System;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation.Twins;

/// <summary>
/// Which cluster the scenarios are about. Twins (Bano et al., "Twins: BFT Systems Made Robust", arXiv 2004.10617): some
/// validators run twice, with one key and one place in the set, so that together they equivocate, forget locks and
/// double-vote while each of them follows the protocol.
/// </summary>
public sealed record TwinsOptions
{
    /// <summary>PBFT or PoS.</summary>
    public ConsensusProtocol Protocol { get; init; } = ConsensusProtocol.Pbft;

    /// <summary>4 … 7.</summary>
    public int Validators { get; init; } = 4;

    /// <summary>How many validators run twice: the first ones of the set. 0 … <see cref="Validators"/>.</summary>
    public int Twins { get; init; } = 1;

    /// <summary>Rounds of a scenario, each with its own partition and leader: 1 … 8.</summary>
    public int Rounds { get; init; } = 4;

    /// <summary>Machines that run: twins count double.</summary>
    public int Replicas => Validators + Twins;

    /// <summary>Ways to cut the replicas into at most two parts.</summary>
    public int Partitions => 1 << (Replicas - 1);

    /// <summary>Choices for one round: a partition and a leader.</summary>
    public int Choices => Partitions * Validators;

    /// <summary>How many sequences of choices there are, before renaming.</summary>
    public UInt128 Sequences
    {
        get
        {
            UInt128 sequences = 1;
            for (int round = 0; round < Rounds; round++)
            {
                sequences *= (UInt128)Choices;
            }

            return sequences;
        }
    }

    /// <summary>The place in the validator set that a replica stands for: the second halves come last.</summary>
    public ValidatorIndex IndexOf(int replica) => new(replica < Validators ? replica : replica - Validators);

    /// <summary>Whether a replica's key is in use by itself only.</summary>
    public bool IsHonest(int replica) => IndexOf(replica).Value >= Twins;

    /// <exception cref="ArgumentOutOfRangeException">A number outside of its range.</exception>
    public void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Validators, TwinsLimits.MinValidators);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Validators, TwinsLimits.MaxValidators);
        ArgumentOutOfRangeException.ThrowIfNegative(Twins);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Twins, Validators);
        ArgumentOutOfRangeException.ThrowIfLessThan(Rounds, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Rounds, TwinsLimits.MaxRounds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Sequences, (UInt128)long.MaxValue);
    }
}
