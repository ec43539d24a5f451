using System.Collections.Generic;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>
/// Watches that one stakeholder keeps to its lock, over all of its lives (docs/spec/pos.md, POS-6 and POS-7): locked
/// on a block in a round, it prevotes another one only after a quorum prevoted that in the lock's round or a later one.
/// </summary>
/// <param name="self">Whose votes these are.</param>
internal sealed class LockChecker(PublicKey self, PolkaLog polkas, string name, ViolationLog log)
{
    private readonly Dictionary<Height, (View Round, Hash32 Block)> _locks = [];

    public void OnVote(ConsensusMessage message)
    {
        switch (message)
        {
            case ConsensusMessage.Prevote { BlockHash: { } block } vote:
                polkas.Note(self, vote.Height, vote.Round, block);
                Check(vote, block);
                break;
            case ConsensusMessage.Precommit { BlockHash: { } block } vote:
                if (!_locks.TryGetValue(vote.Height, out var held) || vote.Round > held.Round)
                {
                    _locks[vote.Height] = (vote.Round, block);
                }

                break;
        }
    }

    private void Check(ConsensusMessage.Prevote vote, Hash32 block)
    {
        // POS-6, L23, L29. What was said before the lock may be said again (POS-17).
        bool isBound = _locks.TryGetValue(vote.Height, out var held) && vote.Round > held.Round && block != held.Block;
        if (isBound && !polkas.MayExist(vote.Height, held.Round.Value, vote.Round.Value, block))
        {
            log.Add(
                ViolationKind.DoubleVote,
                $"{name} prevotes {block.Short()} in round {vote.Round} of height {vote.Height} against its lock on "
                    + $"{held.Block.Short()} of round {held.Round}, and no quorum has prevoted it since");
        }
    }
}
