using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Neighbours;

namespace EnergyNode.Node.Demo;

/// <summary>The outcome of a demo.</summary>
internal sealed record DemoSummary
{
    public required IReadOnlyList<ValidatorFigures> Validators { get; init; }

    /// <summary>As the genesis says.</summary>
    public required ConsensusProtocol Consensus { get; init; }

    /// <summary>As f + 1 validators report it.</summary>
    public required MarketFigures Market { get; init; }

    /// <summary>Null when only recorded homes took part.</summary>
    public NeighbourFigures? Neighbours { get; init; }

    /// <summary>What the gateway kept out or found strange.</summary>
    public required ValidationReport Input { get; init; }

    /// <summary>Orders that were not taken because the home's money did not reach.</summary>
    public required long RefusedOrders { get; init; }

    public required double FinalityMsP50 { get; init; }

    public required double FinalityMsP99 { get; init; }

    public required double ElapsedSeconds { get; init; }
}
