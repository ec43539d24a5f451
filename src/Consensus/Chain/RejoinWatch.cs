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

    /// <summary>Takes what another validator says of itself.</summary>
    /// <param name="height">Where it works, from 1.</param>
    public void Note(ValidatorIndex peer, Height height, bool isBlank)
    {
        // Who was blank and begins at the first height has found the chain new: that helps others to find it, too.
        bool hasBegun = _isBlank[peer.Value] && height == Height.Genesis.Next;
        _isBlank[peer.Value] = isBlank || hasBegun;
        _reported[peer.Value] = isBlank ? default : height;
    }

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

    /// <summary>The height whose decision ends the silence; null while too few have reported.</summary>
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
        return new Height(Math.Min(reports[quorum - 1].Value + (4L * window), Limits.MaxHeight));
    }

    public void WriteTo(BorshWriter writer)
    {
        for (int i = 0; i < validators; i++)
        {
            writer.I64(_reported[i].Value);
            writer.Bool(_isBlank[i]);
        }
    }
}
