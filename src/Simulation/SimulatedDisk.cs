using System;
using System.Collections.Generic;
using EnergyNode.Actors.Ports;

namespace EnergyNode.Simulation;

/// <summary>What a node's journal holds durably. It outlives the node's process.</summary>
internal sealed class SimulatedDisk
{
    private readonly Dictionary<string, Stream> _streams = [];

    /// <summary>Nothing can be written any more.</summary>
    public bool IsFull { get; set; }

    public long Highest(string persistenceId) => _streams.TryGetValue(persistenceId, out Stream? s) ? s.Highest : 0;

    public void Write(JournalRecord record)
    {
        if (!_streams.TryGetValue(record.PersistenceId, out Stream? stream))
        {
            stream = new Stream();
            _streams.Add(record.PersistenceId, stream);
        }

        stream.Records.Add(record.SequenceNumber, new Stored(record, Checksum(record)));
        stream.Highest = Math.Max(stream.Highest, record.SequenceNumber);
    }

    /// <summary>The disk is replaced by an empty one.</summary>
    public void Clear()
    {
        _streams.Clear();
        IsFull = false;
    }

    public void DeleteTo(string persistenceId, long sequenceNumber)
    {
        if (!_streams.TryGetValue(persistenceId, out Stream? stream))
        {
            return;
        }

        List<long> gone = [];
        foreach (long sequence in stream.Records.Keys)
        {
            if (sequence > sequenceNumber)
            {
                break;
            }

            gone.Add(sequence);
        }

        foreach (long sequence in gone)
        {
            stream.Records.Remove(sequence);
        }
    }

    public IEnumerable<JournalRecord> Read(string persistenceId, long from, long to)
    {
        for (long sequence = from; sequence <= to; sequence++)
        {
            if (_streams.TryGetValue(persistenceId, out Stream? stream)
                && stream.Records.TryGetValue(sequence, out Stored? stored))
            {
                yield return stored.Checksum == Checksum(stored.Record) && stored.Record.SequenceNumber == sequence
                    && stored.Record.PersistenceId == persistenceId
                    ? stored.Record
                    : throw new JournalCorruptException($"record {sequence} of {persistenceId}: wrong checksum");
            }
        }
    }

    /// <summary>Bit rot: one bit of a record changes.</summary>
    /// <returns>False when there is no such record.</returns>
    public bool Rot(string persistenceId, long sequence, Dice dice)
    {
        if (!_streams.TryGetValue(persistenceId, out Stream? stream)
            || !stream.Records.TryGetValue(sequence, out Stored? stored))
        {
            return false;
        }

        byte[] payload = [.. stored.Record.Payload];
        payload[dice.Between(0, payload.Length - 1)] ^= (byte)(1 << dice.Between(0, 7));
        stream.Records[sequence] = stored with { Record = stored.Record with { Payload = payload } };
        return true;
    }

    /// <summary>A write of one record has landed on another, with its good checksum.</summary>
    /// <returns>False when there are no two records.</returns>
    public bool Misdirect(string persistenceId, Dice dice)
    {
        if (!_streams.TryGetValue(persistenceId, out Stream? stream) || stream.Records.Count < 2)
        {
            return false;
        }

        List<long> sequences = [.. stream.Records.Keys];
        int victim = dice.Between(0, sequences.Count - 2);
        stream.Records[sequences[victim]] = stream.Records[sequences[dice.Between(victim + 1, sequences.Count - 1)]];
        return true;
    }

    /// <summary>Bit rot in one of the records that are left.</summary>
    /// <returns>False when there is none.</returns>
    public bool Rot(string persistenceId, Dice dice) =>
        _streams.TryGetValue(persistenceId, out Stream? stream) && stream.Records.Count > 0
        && Rot(persistenceId, new List<long>(stream.Records.Keys)[dice.Between(0, stream.Records.Count - 1)], dice);

    private static ulong Checksum(JournalRecord record) =>
        Fingerprint.Of(record.Payload, unchecked((ulong)record.SequenceNumber));

    private sealed record Stored(JournalRecord Record, ulong Checksum);

    private sealed class Stream
    {
        public SortedDictionary<long, Stored> Records { get; } = [];

        public long Highest { get; set; }
    }
}
