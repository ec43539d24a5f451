using System;
using System.Collections.Generic;

namespace EnergyNode.Ledger;

/// <summary>Goes through entries of a <see cref="StateMap"/> in key order; works in <c>foreach</c>, once.</summary>
public sealed class StateCursor
{
    private readonly StateMap _map;
    private readonly long _version;
    private readonly byte[] _prefix;
    private readonly Stack<StateNode> _ahead = new();

    internal StateCursor(StateMap map, ReadOnlySpan<byte> start, ReadOnlySpan<byte> prefix)
    {
        _map = map;
        _version = map.Version;
        _prefix = prefix.ToArray();
        Seek(start);
    }

    public StateEntry Current { get; private set; }

    public StateCursor GetEnumerator() => this;

    /// <exception cref="InvalidOperationException">The map was changed after the cursor was made.</exception>
    public bool MoveNext()
    {
        if (_version != _map.Version)
        {
            throw new InvalidOperationException("The map was changed during enumeration.");
        }

        if (!_ahead.TryPop(out StateNode? node))
        {
            return false;
        }

        while (node is StateInner inner)
        {
            _ahead.Push(inner.Right);
            node = inner.Left;
        }

        StateLeaf leaf = (StateLeaf)node;
        if (!leaf.Key.AsSpan().StartsWith(_prefix))
        {
            _ahead.Clear();
            return false;
        }

        Current = new StateEntry(leaf.Key, leaf.Value);
        return true;
    }

    private void Seek(ReadOnlySpan<byte> start)
    {
        StateLeaf? closest = _map.Closest(start);
        if (closest is null)
        {
            return;
        }

        int difference = KeyBits.FirstDifference(start, closest.Key);
        StateNode node = _map.Top!;
        while (node is StateInner inner && (difference < 0 || inner.BitIndex < difference))
        {
            bool isRight = KeyBits.At(start, inner.BitIndex);
            if (!isRight)
            {
                _ahead.Push(inner.Right);
            }

            node = isRight ? inner.Right : inner.Left;
        }

        // All keys below the node differ from the start in this one bit first, so all are greater or all are less.
        if (difference < 0 || !KeyBits.At(start, difference))
        {
            _ahead.Push(node);
        }
    }
}
