using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>One simulation. Everything that is not given here follows from the seed.</summary>
public sealed record SimulationOptions
{
    /// <summary>Decides every choice: schedule, network, disks, faults and market.</summary>
    public required ulong Seed { get; init; }

    public ConsensusProtocol Protocol { get; init; } = ConsensusProtocol.Pbft;

    /// <summary>1 … 100.</summary>
    public int Validators { get; init; } = 4;

    /// <summary>Homes of the market, at least 2.</summary>
    public int Homes { get; init; } = 4;

    /// <summary>Epochs that the gateway wants closed.</summary>
    public int Epochs { get; init; } = 12;

    /// <summary>How long things go wrong; epochs are submitted throughout. Ignored when <see cref="Faults"/> is given.
    /// </summary>
    public Duration Duration { get; init; } = Duration.FromSeconds(20);

    /// <summary>What the seed may bring. Ignored when <see cref="Faults"/> is given.</summary>
    public FaultKinds Kinds { get; init; } = FaultKinds.All;

    /// <summary>How many validators lie: 0 … f. Ignored when <see cref="Faults"/> is given.</summary>
    public int Byzantine { get; init; }

    /// <summary>What each liar does, all of these together. Empty: each draws one to three of all.</summary>
    public IReadOnlyList<Strategy> Strategies { get; init; } = [];

    /// <summary>Null: thought up from the seed.</summary>
    public FaultPlan? Faults { get; init; }

    /// <summary>After healing, everything must be done within this time. Three capped view time-outs of 30 s, one for
    /// each leader that may have to be passed over, and half a minute to catch up.</summary>
    public Duration LivenessLimit { get; init; } = Duration.FromSeconds(120);

    /// <summary>
    /// Nodes that begin as observers and bond in the middle of the run; as many of the first validators unbond and come
    /// back. 0 for a chain whose set never changes; at most <see cref="Validators"/> − 1.
    /// </summary>
    public int Joiners { get; init; }

    /// <summary>Protocols to which the chain changes in the middle of the run, one after the other.</summary>
    public IReadOnlyList<ConsensusProtocol> Changes { get; init; } = [];

    /// <summary>A protocol decides at least a part of the run.</summary>
    internal bool Uses(ConsensusProtocol protocol) => Protocol == protocol || Changes.Contains(protocol);

    internal Sabotage? Sabotage { get; init; }
}
