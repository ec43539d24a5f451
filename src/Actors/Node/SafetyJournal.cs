using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>The safety records of heights that are not decided, in the order of their writing.</summary>
internal sealed class SafetyJournal(IJournal journal)
{
    public const string Manifest = "consensus-safety/1";

    private readonly Queue<(Height Height, long Sequence)> _written = new();
    private long _sequence;

    /// <summary>What an earlier life promised above the head, by the protocol that goes on.</summary>
    public List<SafetyRecord> Recover(ChainHead head)
    {
        _sequence = journal.HighestSequenceNumber(PersistenceIds.Consensus);
        List<SafetyRecord> recovered = [];
        foreach (JournalRecord record in journal.Read(PersistenceIds.Consensus, 1, _sequence))
        {
            BorshReader reader = new(record.Payload);
            Height height = new(reader.I64());
            SafetyRecord safety = new(height, reader.Fixed(reader.Remaining).ToArray());
            _written.Enqueue((height, record.SequenceNumber));

            // SWITCH-6
            if (height > head.Height && safety.Protocol == head.Rules.Protocol)
            {
                recovered.Add(safety);
            }
        }

        return recovered;
    }

    /// <param name="token">Of the answer.</param>
    public void Append(SafetyRecord record, Instant now, IActorRef replyTo, long token)
    {
        byte[] payload = new byte[sizeof(long) + record.Bytes.Length];
        BinaryPrimitives.WriteInt64LittleEndian(payload, record.Height.Value);
        record.Bytes.CopyTo(payload.AsSpan(sizeof(long)));
        _sequence++;
        _written.Enqueue((record.Height, _sequence));
        JournalRecord row = new(PersistenceIds.Consensus, _sequence, now, Manifest, payload, "");
        journal.Append([row], replyTo, token);
    }

    /// <summary>Deletes what concerns decided heights only.</summary>
    public void ForgetUpTo(Height decided)
    {
        long upTo = 0;
        while (_written.TryPeek(out (Height Height, long Sequence) oldest) && oldest.Height <= decided)
        {
            upTo = oldest.Sequence;
            _written.Dequeue();
        }

        if (upTo > 0)
        {
            journal.DeleteTo(PersistenceIds.Consensus, upTo);
        }
    }

    /// <summary>Deletes all: the protocol that promised has ended.</summary>
    public void ForgetAll()
    {
        // SWITCH-6
        if (_written.Count > 0)
        {
            _written.Clear();
            journal.DeleteTo(PersistenceIds.Consensus, _sequence);
        }
    }
}
