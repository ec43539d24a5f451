using System.Collections.Generic;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation.Tests;

/// <summary>
/// A machine that tells even validators one vote and odd ones another: no honest node hears both of it.
/// </summary>
internal sealed class SplitVoter(IConsensus inner, PublicKey self, ValidatorSet first) : IConsensus
{
    private ValidatorSet _set = first;

    public ConsensusStatus Status => inner.Status;

    public void Step(ConsensusInput input, Instant now, List<ConsensusEffect> effects)
    {
        inner.Step(input, now, effects);
        if (input is ConsensusInput.Applied applied)
        {
            _set = applied.Next;
        }

        for (int i = effects.Count - 1; i >= 0; i--)
        {
            if (effects[i] is ConsensusEffect.Broadcast { Message: { } message } && Other(message) is { } other)
            {
                effects.RemoveAt(i);
                for (int to = 0; to < _set.Count; to++)
                {
                    ValidatorIndex index = new(to);
                    if (_set[index].Key != self)
                    {
                        effects.Add(new ConsensusEffect.Send(index, to % 2 == 0 ? message : other));
                    }
                }
            }
        }
    }

    public Hash32 Digest() => inner.Digest();

    private static ConsensusMessage? Other(ConsensusMessage message) => message switch
    {
        ConsensusMessage.Prepare vote => vote with { BlockHash = Hash32.Of(vote.BlockHash.ToArray()) },
        ConsensusMessage.Prevote { BlockHash: { } hash } vote => vote with { BlockHash = Hash32.Of(hash.ToArray()) },
        _ => null,
    };
}
