using EnergyNode.Actors;
using EnergyNode.Actors.Node;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>What all parts of one simulation share.</summary>
internal sealed record SimulatedWorld(
    SimulationOptions Options,
    FaultPlan Plan,
    SeededRunner Runner,
    Instant Start,
    SimulatedKeys Keys,
    GenesisBlock Genesis,
    SimulatedNetwork Network,
    ChainChecker Chain,
    ViolationLog Log,
    EvidenceChecker Evidence,
    SharedWork Shared,
    PolkaLog Polkas)
{
    /// <summary>Null: the liars do not work together.</summary>
    public Conspiracy? Conspiracy { get; } = Plan.Fork is { } fork ? new Conspiracy(fork) : null;
}
