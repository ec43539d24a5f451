using System.Collections.Generic;
using EnergyNode.Actors;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>What the checkers found, the first ones of each kind.</summary>
internal sealed class ViolationLog(SeededRunner runner)
{
    private const int MaxPerKind = 5;

    private readonly Instant _start = runner.Now;
    private readonly Dictionary<ViolationKind, int> _counts = [];
    private readonly List<Violation> _found = [];

    public IReadOnlyList<Violation> Found => _found;

    public bool HasSafety { get; private set; }

    public void Add(ViolationKind kind, string text)
    {
        int count = _counts.GetValueOrDefault(kind);
        _counts[kind] = count + 1;
        if (count < MaxPerKind)
        {
            Violation violation = new(kind, runner.Now.Since(_start), text);
            HasSafety |= violation.IsSafety;
            _found.Add(violation);
        }
    }
}
