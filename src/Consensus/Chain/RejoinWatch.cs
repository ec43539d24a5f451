using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>
/// Finds out when a validator that lost its storage may vote again: above every height at which its earlier life may
/// have voted, told by a quorum of others. When a quorum, itself included, is as blank as it is, the chain is new.
/// </summary>
/// <param name="since">The first height of the set.</param>
internal sealed class RejoinWatch(VotingPower power, Height since)
{
    private readonly Height[] _reported = new Height[power.Validators];
    private readonly bool[] _isBlank = new bool[power.Validators];
    private readonly bool[] _hasSpoken = new bool[power.Validators];
    private bool _hasBegun;

    /// <summary>The first height that the set decides: who works there may have promised nothing yet.</summary>
    public Height First { get; } = since > Height.Genesis ? since : Height.Genesis.Next;

    /// <summary>Whether there are others enough for a quorum without this one.</summary>
    public bool CanBeTold(ValidatorIndex self) => power.IsQuorum(power.Total - power.Of(self));

    /// <summary>Takes what another validator says of itself.</summary>
    /// <param name="height">Where it works, from 1.</param>
    /// <returns>Whether it is the first that this one hears of it.</returns>
    public bool Note(ValidatorIndex peer, Height height, bool isBlank)
    {
        bool isNews = !_isBlank[peer.Value] && _reported[peer.Value] == default;

        // Who was blank and begins at the first height has found the chain new: that helps others to find it, too.
        bool hasBegun = _isBlank[peer.Value] && height == First;
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
    /// <param name="self">Null for one that is not in the set any more.</param>
    public bool IsNewChain(ValidatorIndex? self)
    {
        // R26, POS-25
        UInt128 blank = self is { } own ? power.Of(own) : 0;
        for (int i = 0; i < _isBlank.Length; i++)
        {
            blank += _isBlank[i] && self?.Value != i ? power.Of(new ValidatorIndex(i)) : 0;
        }

        return power.IsQuorum(blank);
    }

    /// <summary>
    /// The lowest height that a quorum does not exceed; null while too few have reported, or too few have decided a
    /// block: then the chain may be found to be new yet.
    /// </summary>
    public Height? Told()
    {
        // R26, POS-25
        List<(Height Height, int Peer)> reports = [];
        for (int i = 0; i < _reported.Length; i++)
        {
            if (_reported[i] > Height.Genesis)
            {
                reports.Add((_reported[i], i));
            }
        }

        reports.Sort();
        UInt128 told = 0;
        foreach ((Height height, int peer) in reports)
        {
            told += power.Of(new ValidatorIndex(peer));
            if (power.IsQuorum(told))
            {
                return height > First ? height : null;
            }
        }

        return null;
    }

    public void WriteTo(BorshWriter writer)
    {
        writer.Bool(_hasBegun);
        for (int i = 0; i < _reported.Length; i++)
        {
            writer.I64(_reported[i].Value);
            writer.Bool(_isBlank[i]);
            writer.Bool(_hasSpoken[i]);
        }
    }
}
