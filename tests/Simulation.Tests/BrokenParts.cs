using System.Collections.Generic;
using EnergyNode.Actors;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation.Tests;

/// <summary>A journal that says "durable" before it is.</summary>
internal sealed class HastyJournal(IJournal inner) : IJournal
{
    public void Append(IReadOnlyList<JournalRecord> records, IActorRef replyTo, long token)
    {
        inner.Append(records, replyTo, token);
        replyTo.Tell(new JournalAppended(token));
    }

    public void DeleteTo(string persistenceId, long sequenceNumber) => inner.DeleteTo(persistenceId, sequenceNumber);

    public IEnumerable<JournalRecord> Read(string persistenceId, long fromSequenceNumber, long toSequenceNumber) =>
        inner.Read(persistenceId, fromSequenceNumber, toSequenceNumber);

    public long HighestSequenceNumber(string persistenceId) => inner.HighestSequenceNumber(persistenceId);
}

/// <summary>A journal that has forgotten everything and keeps nothing.</summary>
internal sealed class EmptyJournal : IJournal
{
    public void Append(IReadOnlyList<JournalRecord> records, IActorRef replyTo, long token) =>
        replyTo.Tell(new JournalAppended(token));

    public void DeleteTo(string persistenceId, long sequenceNumber)
    {
    }

    public IEnumerable<JournalRecord> Read(string persistenceId, long fromSequenceNumber, long toSequenceNumber) => [];

    public long HighestSequenceNumber(string persistenceId) => 0;
}

/// <summary>A journal whose disk is full.</summary>
internal sealed class FullJournal : IJournal
{
    public void Append(IReadOnlyList<JournalRecord> records, IActorRef replyTo, long token) =>
        replyTo.Tell(new JournalFailed(token, "no space left on device"));

    public void DeleteTo(string persistenceId, long sequenceNumber)
    {
    }

    public IEnumerable<JournalRecord> Read(string persistenceId, long fromSequenceNumber, long toSequenceNumber) => [];

    public long HighestSequenceNumber(string persistenceId) => 0;
}

/// <summary>A machine that votes for a second block whenever it prepares or prevotes one.</summary>
internal sealed class DoubleVoter(IConsensus inner) : IConsensus
{
    public ConsensusStatus Status => inner.Status;

    public void Step(ConsensusInput input, Instant now, List<ConsensusEffect> effects)
    {
        inner.Step(input, now, effects);
        for (int i = effects.Count - 1; i >= 0; i--)
        {
            if (effects[i] is ConsensusEffect.Broadcast { Message: { } message } && Second(message) is { } second)
            {
                effects.Add(new ConsensusEffect.Broadcast(second));
            }
        }
    }

    private static ConsensusMessage? Second(ConsensusMessage message) => message switch
    {
        ConsensusMessage.Prepare vote => vote with { BlockHash = Hash32.Of(vote.BlockHash.ToArray()) },
        ConsensusMessage.Prevote { BlockHash: { } hash } vote => vote with { BlockHash = Hash32.Of(hash.ToArray()) },
        _ => null,
    };

    public Hash32 Digest() => inner.Digest();
}

/// <summary>A machine that forgets to ask for persistence.</summary>
internal sealed class CarelessVoter(IConsensus inner) : IConsensus
{
    public ConsensusStatus Status => inner.Status;

    public void Step(ConsensusInput input, Instant now, List<ConsensusEffect> effects)
    {
        inner.Step(input, now, effects);
        effects.RemoveAll(effect => effect is ConsensusEffect.Persist);
    }

    public Hash32 Digest() => inner.Digest();
}

/// <summary>A machine that does nothing at all.</summary>
internal sealed class SilentVoter(IConsensus inner) : IConsensus
{
    public ConsensusStatus Status => inner.Status;

    public void Step(ConsensusInput input, Instant now, List<ConsensusEffect> effects)
    {
    }

    public Hash32 Digest() => inner.Digest();
}
