using System;

namespace EnergyNode.Actors;

/// <summary>
/// What is due, the earliest first, and of what is due at one time what was added first: a heap of four branches whose
/// keys lie side by side, as a simulation of 100 validators has tens of thousands of frames on their way.
/// </summary>
internal sealed class DueQueue
{
    private const int Branches = 4;

    private (long Micros, long Sequence)[] _keys = new (long, long)[256];
    private DueEvent?[] _events = new DueEvent?[256];

    public int Count { get; private set; }

    /// <summary>Only when there is one.</summary>
    public DueEvent First => _events[0]!;

    /// <summary>Only when there is one.</summary>
    public long FirstMicros => _keys[0].Micros;

    /// <param name="key">Different from all others.</param>
    public void Add((long Micros, long Sequence) key, DueEvent due)
    {
        if (Count == _keys.Length)
        {
            Array.Resize(ref _keys, 2 * Count);
            Array.Resize(ref _events, 2 * Count);
        }

        int at = Count++;
        while (at > 0 && IsBefore(key, _keys[(at - 1) / Branches]))
        {
            int parent = (at - 1) / Branches;
            _keys[at] = _keys[parent];
            _events[at] = _events[parent];
            at = parent;
        }

        _keys[at] = key;
        _events[at] = due;
    }

    /// <summary>Only when there is one.</summary>
    public DueEvent Take()
    {
        DueEvent first = _events[0]!;
        Count--;
        (long, long) key = _keys[Count];
        DueEvent? last = _events[Count];
        _events[Count] = null;
        if (Count > 0)
        {
            int at = HoleFor(key);
            _keys[at] = key;
            _events[at] = last;
        }

        return first;
    }

    /// <summary>Moves up whatever comes before the key, from the top down.</summary>
    private int HoleFor((long, long) key)
    {
        int at = 0;
        for (int child = 1; child < Count; child = (Branches * at) + 1)
        {
            int least = child;
            int end = Math.Min(child + Branches, Count);
            for (int other = child + 1; other < end; other++)
            {
                least = IsBefore(_keys[other], _keys[least]) ? other : least;
            }

            if (!IsBefore(_keys[least], key))
            {
                break;
            }

            _keys[at] = _keys[least];
            _events[at] = _events[least];
            at = least;
        }

        return at;
    }

    private static bool IsBefore((long Micros, long Sequence) a, (long Micros, long Sequence) b) =>
        a.Micros < b.Micros || (a.Micros == b.Micros && a.Sequence < b.Sequence);
}
