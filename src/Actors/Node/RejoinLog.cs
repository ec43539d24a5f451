using System;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>
/// What a validator with a storage in place of a lost one has found out of its earlier promises. It belongs to no
/// protocol, and is never deleted: without a record all is in doubt, so whatever is lost of it keeps the node silent.
/// </summary>
/// <param name="journal">Where the records are.</param>
/// <param name="mayHaveForgotten">Another journal may have been used with this node's key.</param>
internal sealed class RejoinLog(IJournal journal, bool mayHaveForgotten)
{
    public const string Manifest = "rejoin/1";

    private long _sequence;

    /// <summary>The machine that has been told of the doubt.</summary>
    private IConsensus? _told;

    /// <summary>Null when nothing is in doubt.</summary>
    public Doubt? Doubt { get; private set; }

    /// <summary>What an earlier start has found out, as far as it holds for the head.</summary>
    public void Recover(ChainHead head)
    {
        // SWITCH-8
        _sequence = journal.HighestSequenceNumber(PersistenceIds.Rejoin);
        Doubt = mayHaveForgotten ? Doubt.Unknown : null;
        foreach (JournalRecord record in journal.Read(PersistenceIds.Rejoin, Math.Max(1, _sequence), _sequence))
        {
            Doubt = Decode(record);
        }

        Doubt = Doubt?.At(head.Sets.Since, head.Height);
    }

    /// <summary>What a machine must be told that takes over at the head.</summary>
    public Doubt? HandOver(ChainHead head)
    {
        // SWITCH-8
        return Doubt?.At(head.Sets.Since, head.Height);
    }

    /// <summary>After a machine's step: what it has found out is durable before its effects leave the gate.</summary>
    public void OnStep(IConsensus machine, ConsensusInput input, Instant now, IActorRef replyTo, EffectGate gate)
    {
        _told = input is ConsensusInput.Started ? machine : _told;
        if (Doubt is not null && machine == _told && machine.Status.Doubt is var doubt && doubt != Doubt)
        {
            Doubt = doubt;
            Append(doubt, now, replyTo, gate.AddBarrier());
        }
    }

    private void Append(Doubt? doubt, Instant now, IActorRef replyTo, long token)
    {
        BorshWriter writer = new();
        writer.Option(doubt is not null);
        doubt?.Encode(writer);
        _sequence++;
        JournalRecord row = new(PersistenceIds.Rejoin, _sequence, now, Manifest, writer.ToArray(), "");
        journal.Append([row], replyTo, token);
    }

    /// <exception cref="JournalCorruptException">The record says nothing.</exception>
    private static Doubt? Decode(JournalRecord record)
    {
        BorshReader reader = new(record.Payload);
        Doubt? doubt = reader.Option() ? Doubt.Decode(ref reader) : null;
        return reader.End()
            ? doubt
            : throw new JournalCorruptException(
                $"record {record.SequenceNumber} of {PersistenceIds.Rejoin}: {reader.Error}");
    }
}
