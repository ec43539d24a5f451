using System;
using System.Collections.Generic;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Ledger;
using EnergyNode.Market.Execution;

namespace EnergyNode.Simulation;

/// <summary>Deliberate bugs, so that tests see each checker fire. Each gets a node's index and its good part.</summary>
internal sealed record Sabotage
{
    public Func<int, IJournal, IJournal>? Journal { get; init; }

    public Func<int, IConsensus, IConsensus>? Consensus { get; init; }

    /// <summary>Validators that lie, by what is done to their machines: their votes are not checked.</summary>
    public IReadOnlyList<int> Liars { get; init; } = [];

    public Func<int, GenesisBlock, GenesisBlock>? Genesis { get; init; }

    /// <summary>Replaces how the reference ledger runs a book.</summary>
    public Func<BookMachine, BookSlice, BookSliceResult>? Book { get; init; }

    /// <summary>Sees all nodes when the run is over.</summary>
    public Action<IReadOnlyList<SimulatedNode>>? AtEnd { get; init; }

    /// <summary>Keeps from the checkers what the gateway submits.</summary>
    public bool ForgetSubmissions { get; init; }
}
