using System.IO;
using EnergyNode.Ledger;
using EnergyNode.Node.Hosting;
using EnergyNode.Node.Persistence;
using EnergyNode.Node.Setup;

namespace EnergyNode.Node.Cli;

/// <summary>A node that does not run, whose journal a command executes from genesis on.</summary>
internal sealed class StoppedNode
{
    private readonly string _data;

    private StoppedNode(string data, GenesisBlock genesis, LedgerState state)
    {
        _data = data;
        Genesis = genesis;
        State = state;
    }

    public GenesisBlock Genesis { get; }

    /// <summary>That of genesis, until <see cref="Execute"/> was called.</summary>
    public LedgerState State { get; }

    /// <param name="directory">A data directory, or a node's directory with <c>data</c> below it.</param>
    /// <exception cref="CommandFailedException">There is no journal, or no state can be made from genesis.</exception>
    public static StoppedNode Open(string directory)
    {
        string data = JournalDirectory.Find(directory);
        GenesisBlock genesis = GenesisFile.Load(Path.Combine(data, GenesisFile.Name));
        LedgerState state = genesis.BuildState(out string? problem)
            ?? throw new CommandFailedException(ExitCodes.Failed, $"the genesis contradicts itself: {problem}");
        return new StoppedNode(data, genesis, state);
    }

    /// <param name="chain">Made from <see cref="Genesis"/> and <see cref="State"/>.</param>
    /// <exception cref="CommandFailedException">The journal is not sound.</exception>
    public ChainVerification Execute(ChainVerification chain)
    {
        JournalReport report = JournalVerifier.Verify(_data, null, chain.Visit);
        chain.Finish();
        return report.Findings.Count + chain.Findings.Count == 0
            ? chain
            : throw new CommandFailedException(
                ExitCodes.Failed, $"{_data}: the journal is not sound; `energynode verify` says what is wrong");
    }
}
