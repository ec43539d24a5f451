using System.Collections.Generic;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation.Twins;

/// <summary>One machine of a scenario, with its timers and its chain.</summary>
internal sealed class TwinsReplica(int number, ValidatorIndex index, bool isHonest, IConsensus machine)
{
    private static readonly int TimerKinds = System.Enum.GetValues<TimeoutKind>().Length;

    private readonly (TimeoutId Id, Instant Due)?[] _timers = new (TimeoutId, Instant)?[TimerKinds];

    public int Number => number;

    public ValidatorIndex Index => index;

    public bool IsHonest => isHonest;

    public IConsensus Machine => machine;

    public List<Decision> Chain { get; } = [];

    /// <summary>A height that the machine asked work for and did not get yet.</summary>
    public Height? Wants { get; set; }

    public void Set(TimeoutId id, Instant due) => _timers[(int)id.Kind] = (id, due);

    public void Cancel(TimeoutKind kind) => _timers[(int)kind] = null;

    /// <summary>When the next timer is due; of several at once the one of the lowest kind.</summary>
    public Instant? NextDue(out TimeoutKind kind)
    {
        Instant? next = null;
        kind = default;
        for (int i = 0; i < _timers.Length; i++)
        {
            if (_timers[i] is { } timer && (next is null || timer.Due < next))
            {
                next = timer.Due;
                kind = (TimeoutKind)i;
            }
        }

        return next;
    }

    /// <summary>Takes a timer out that is due.</summary>
    public TimeoutId Take(TimeoutKind kind)
    {
        TimeoutId id = _timers[(int)kind]!.Value.Id;
        _timers[(int)kind] = null;
        return id;
    }
}
