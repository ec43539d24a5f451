using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>
/// Measures how long after each healing of the network it takes until work goes on and nobody is behind: until a block
/// is decided that was not before, and all that must have everything have it.
/// </summary>
/// <param name="start">Of the run.</param>
internal sealed class LevelWatch(Instant start)
{
    private readonly List<LevelReport> _reports = [];
    private Instant _healedAt;
    private Height _decided;

    /// <summary>The last healing is still waited for.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>In the order of time.</summary>
    public IReadOnlyList<LevelReport> Reports => _reports;

    /// <param name="decided">The highest decided so far.</param>
    public void Healed(Instant now, Height decided)
    {
        _healedAt = now;
        _decided = decided;
        _reports.Add(new LevelReport(now.Since(start), null));
        IsOpen = true;
    }

    /// <summary>Something breaks again before it came to that.</summary>
    public void GiveUp() => IsOpen = false;

    /// <param name="decided">The highest decided now.</param>
    /// <param name="nodes">All that are judged.</param>
    public void Check(Instant now, Height decided, IEnumerable<SimulatedNode> nodes)
    {
        if (!IsOpen || decided <= _decided)
        {
            return;
        }

        foreach (SimulatedNode node in nodes)
        {
            if (node.Height != decided)
            {
                return;
            }
        }

        IsOpen = false;
        _reports[^1] = _reports[^1] with { Took = now.Since(_healedAt) };
    }
}
