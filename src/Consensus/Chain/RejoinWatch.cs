using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>
/// Finds out when a validator that lost its storage may vote again: above every height at which its earlier life may
/// have voted, told by a quorum of others. When a quorum, itself included, is as blank as it is, the chain is new.
/// </summary>
/// <param name="window">Heights in flight.</param>
internal sealed class RejoinWatch(int validators, int quorum, int window)
{
    private readonly Height[] _reported = new Height[validators];
    private readonly bool[] _isBlank = new bool[validators];
    private readonly bool[] _hasSpoken = new bool[validators];
    private bool _hasBegun;

    /// <summary>Whether there are others enough for a quorum without this one.</summary>
    public bool CanBeTold => _reported.Length > quorum;

    /// <summary>Takes what another validator says of itself.</summary>
    /// <param name="height">Where it works, from 1.</param>
    /// <returns>Whether it is the first that this one hears of it.</returns>
    public bool Note(ValidatorIndex peer, Height height, bool isBlank)
    {
        bool isNews = !_isBlank[peer.Value] && _reported[peer.Value] == default;

        // Who was blank and begins at the first height has found the chain new: that helps others to find it, too.
        bool hasBegun = _isBlank[peer.Value] && height == Height.Genesis.Next;
        _isBlank[peer.Value] = isBlank || hasBegun;
        _reported[peer.Value] = isBlank ? default : height;
        return isNews;
    }

    /// <summary>Another validator has promised something, in this life or in an earlier one.</summary>
    public void NoteSpoken(ValidatorIndex peer) => _hasSpoken[peer.Value] = true;

    /// <summary>This validator has found the chain new.</summary>
    public void Begin() => _hasBegun = true;

    /// <summary>
    /// Whether this validator has begun a new chain in this life, and knows of no promise of a peer: then it is to the
    /// peer as good as blank, whose answers may have been lost while it was.
    /// </summary>
    public bool BeganWith(ValidatorIndex peer) => _hasBegun && !_hasSpoken[peer.Value];

    /// <summary>A quorum has no earlier life: nobody can have forgotten anything.</summary>
    public bool IsNewChain()
    {
        // R26
        int blank = 1;
        foreach (bool isBlank in _isBlank)
        {
            blank += isBlank ? 1 : 0;
        }

        return blank >= quorum;
    }

    /// <summary>
    /// The height whose decision ends the silence; null while too few have reported, or too few have decided a block:
    /// then the chain may be found to be new yet.
    /// </summary>
    public Height? Until()
    {
        // R26
        List<Height> reports = [];
        foreach (Height height in _reported)
        {
            if (height > Height.Genesis)
            {
                reports.Add(height);
            }
        }

        if (reports.Count < quorum)
        {
            return null;
        }

        reports.Sort();
        Height told = reports[quorum - 1];
        return told > Height.Genesis.Next
            ? new Height(Math.Min(told.Value + (4L * window), Limits.MaxHeight))
            : null;
    }

    public void WriteTo(BorshWriter writer)
    {
        writer.Bool(_hasBegun);
        for (int i = 0; i < validators; i++)
        {
            writer.I64(_reported[i].Value);
            writer.Bool(_isBlank[i]);
            writer.Bool(_hasSpoken[i]);
        }
    }
}
