using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Tests.Support;

/// <summary>
/// A block that honest and lying precommits of one round together could decide stays locked: no honest validator among
/// them prevotes another block later. A broken lock shows here long before it makes a fork.
/// </summary>
internal sealed class LockChecker(Community community, UInt128 lyingPower)
{
    private readonly Dictionary<(Height Height, View Round, Hash32 Block), SortedSet<int>> _locked = [];
    private readonly List<(int Sender, Height Height, View Round, Hash32 Block)> _prevotes = [];

    public void Prevoted(int sender, ConsensusMessage.Prevote vote)
    {
        if (vote.BlockHash is { } block && !_prevotes.Contains((sender, vote.Height, vote.Round, block)))
        {
            _prevotes.Add((sender, vote.Height, vote.Round, block));
            Check(vote.Height);
        }
    }

    public void Precommitted(int sender, ConsensusMessage.Precommit vote)
    {
        if (vote.BlockHash is { } block)
        {
            _locked.TryAdd((vote.Height, vote.Round, block), []);
            if (_locked[(vote.Height, vote.Round, block)].Add(sender))
            {
                Check(vote.Height);
            }
        }
    }

    private void Check(Height height)
    {
        foreach (((Height lockHeight, View round, Hash32 block), SortedSet<int> senders) in _locked)
        {
            UInt128 power = lyingPower;
            foreach (int sender in senders)
            {
                power += community.Power.Of(new ValidatorIndex(sender));
            }

            bool isBroken = lockHeight == height && community.Power.IsQuorum(power) && _prevotes.Any(vote =>
                vote.Height == height && vote.Round > round && vote.Block != block && senders.Contains(vote.Sender));
            if (isBroken)
            {
                throw new InvalidOperationException($"a lock of height {height}, round {round} did not hold");
            }
        }
    }
}
