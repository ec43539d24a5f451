using System;
using System.Numerics;

namespace EnergyNode.Market.Books;

/// <summary>
/// The occupied price levels of one side by key (higher is better). Keys within a window of 1,024 have their place in
/// an array, with a bitmap to find the best; all others are in <see cref="FarLevels"/>. The window is set at the first
/// level of an empty ladder and moves to the best one after 1,024 levels were opened outside it: a move shifts at most
/// 2,048 levels, so each opening pays for two, whatever the prices do.
/// </summary>
internal sealed class PriceLadder
{
    private const int WindowSize = 1024;
    private const int WordBits = 64;
    private const int OutsideBeforeMove = WindowSize;

    private readonly FarLevels _far = new();
    private readonly int[] _window = new int[WindowSize];
    private readonly ulong[] _words = new ulong[WindowSize / WordBits];
    private uint _wordsInUse;
    private long _low;
    private int _top = -1;
    private int _inWindow;
    private int _openedOutside;

    /// <summary>The level with the highest key, or −1.</summary>
    public int Best { get; private set; } = -1;

    public int Count => _inWindow + _far.Count;

    /// <returns>The level with this key, or −1.</returns>
    public int Find(long key)
    {
        ulong offset = unchecked((ulong)(key - _low));
        if (offset >= WindowSize)
        {
            return _far.Count == 0 ? -1 : _far.Find(key);
        }

        int at = (int)offset;
        return (_words[at / WordBits] >> (at % WordBits) & 1) == 0 ? -1 : _window[at];
    }

    /// <param name="key">Not in the ladder; within ± <see cref="BookLimits.MaxPriceMagnitude"/>.</param>
    /// <param name="level">The level's place in its pool.</param>
    public void Insert(long key, int level)
    {
        if (Count == 0)
        {
            _low = key - WindowSize / 2;
        }

        ulong offset = unchecked((ulong)(key - _low));
        if (offset < WindowSize)
        {
            Occupy((int)offset, level);
        }
        else
        {
            _far.Insert(key, level);
            _openedOutside++;
            if (_openedOutside == OutsideBeforeMove)
            {
                MoveWindow();
            }
        }

        RefreshBest();
    }

    /// <param name="key">In the ladder.</param>
    public void Remove(long key)
    {
        ulong offset = unchecked((ulong)(key - _low));
        if (offset < WindowSize)
        {
            Vacate((int)offset);
        }
        else
        {
            _far.Remove(key);
        }

        RefreshBest();
    }

    /// <summary>Steps from the best towards the worst. Start with <c>default</c>.</summary>
    /// <returns>The next level, or −1 at the end. The ladder must not change between steps.</returns>
    public int Next(ref LadderCursor cursor)
    {
        int offset = HighestBelow(WindowSize - cursor.WindowDone);
        long farKey = _far.KeyAt(cursor.Far);
        if (offset >= 0 && _low + offset > farKey)
        {
            cursor = cursor with { WindowDone = WindowSize - offset };
            return _window[offset];
        }

        if (farKey == long.MinValue)
        {
            return -1;
        }

        int level = _far.LevelAt(cursor.Far);
        cursor = cursor with { Far = _far.After(cursor.Far) };
        return level;
    }

    private void Occupy(int offset, int level)
    {
        _window[offset] = level;
        _words[offset / WordBits] |= 1UL << (offset % WordBits);
        _wordsInUse |= 1U << (offset / WordBits);
        _top = Math.Max(_top, offset);
        _inWindow++;
    }

    private void Vacate(int offset)
    {
        int word = offset / WordBits;
        ulong left = _words[word] & ~(1UL << (offset % WordBits));
        _words[word] = left;
        _wordsInUse = left == 0 ? _wordsInUse & ~(1U << word) : _wordsInUse;
        _inWindow--;
        _top = offset == _top ? HighestBelow(offset) : _top;
    }

    /// <returns>The highest occupied offset that is less than the bound, or −1.</returns>
    private int HighestBelow(int bound)
    {
        int word = bound / WordBits;
        ulong below = bound % WordBits == 0 ? 0 : _words[word] & ((1UL << (bound % WordBits)) - 1);
        if (below == 0)
        {
            uint lower = _wordsInUse & ((1U << word) - 1);
            if (lower == 0)
            {
                return -1;
            }

            word = BitOperations.Log2(lower);
            below = _words[word];
        }

        return word * WordBits + BitOperations.Log2(below);
    }

    /// <summary>Sets the window around the best level, which is then three quarters up.</summary>
    private void MoveWindow()
    {
        long bestKey = Math.Max(_far.BestKey, _top < 0 ? long.MinValue : _low + _top);
        for (int offset = _top; offset >= 0; offset = HighestBelow(offset))
        {
            _far.Insert(_low + offset, _window[offset]);
        }

        Array.Clear(_words);
        _wordsInUse = 0;
        _top = -1;
        _inWindow = 0;
        _openedOutside = 0;
        _low = bestKey - WindowSize / 4 * 3;
        while (_far.BestKey >= _low)
        {
            Occupy((int)(_far.BestKey - _low), _far.LevelAt(default));
            _far.Remove(_far.BestKey);
        }
    }

    private void RefreshBest()
    {
        if (_top >= 0 && _low + _top > _far.BestKey)
        {
            Best = _window[_top];
        }
        else
        {
            Best = _far.Count == 0 ? -1 : _far.LevelAt(default);
        }
    }
}
