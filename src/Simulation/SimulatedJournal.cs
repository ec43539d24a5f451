using System;
using System.Collections.Generic;
using EnergyNode.Actors;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>
/// One life's journal on a disk. Writes wait for an fsync that takes virtual time and serves all that waited when it
/// began; a crash keeps a prefix of what was not durable yet, of a length that the seed decides.
/// </summary>
internal sealed class SimulatedJournal(PauseGate gate, SimulatedDisk disk, Dice dice, DiskFaults faults) : IJournal
{
    private readonly Queue<Operation> _pending = new();
    private readonly Dictionary<string, long> _written = [];
    private bool _syncing;
    private bool _dead;

    /// <summary>Sees every record handed in, before it is durable.</summary>
    public Action<JournalRecord>? OnAppended { get; set; }

    /// <summary>Sees every record that has become durable.</summary>
    public Action<JournalRecord>? OnDurable { get; set; }

    public void Append(IReadOnlyList<JournalRecord> records, IActorRef replyTo, long token)
    {
        if (disk.IsFull)
        {
            replyTo.Tell(new JournalFailed(token, "no space left on device"));
            return;
        }

        foreach (JournalRecord record in records)
        {
            long highest = _written.TryGetValue(record.PersistenceId, out long sequence)
                ? sequence
                : disk.Highest(record.PersistenceId);
            if (record.SequenceNumber != highest + 1)
            {
                throw new InvalidOperationException(
                    $"record {record.SequenceNumber} of {record.PersistenceId} does not follow record {highest}");
            }

            _written[record.PersistenceId] = record.SequenceNumber;
            OnAppended?.Invoke(record);
        }

        _pending.Enqueue(new Operation.Append(records, replyTo, token));
        Sync();
    }

    public void DeleteTo(string persistenceId, long sequenceNumber)
    {
        _pending.Enqueue(new Operation.Delete(persistenceId, sequenceNumber));
        Sync();
    }

    public IEnumerable<JournalRecord> Read(string persistenceId, long fromSequenceNumber, long toSequenceNumber) =>
        disk.Read(persistenceId, fromSequenceNumber, toSequenceNumber);

    public long HighestSequenceNumber(string persistenceId) => disk.Highest(persistenceId);

    /// <summary>The process is gone: of what waits, a prefix was written all the same.</summary>
    public void Crash()
    {
        _dead = true;
        int survivors = dice.Between(0, _pending.Count);
        for (int i = 0; i < survivors; i++)
        {
            Apply(_pending.Dequeue());
        }

        _pending.Clear();
    }

    private void Sync()
    {
        if (_syncing || _dead || _pending.Count == 0)
        {
            return;
        }

        _syncing = true;
        int count = _pending.Count;
        Duration delay = dice.Between(faults.MinFsync, faults.MaxFsync);
        gate.Schedule(delay, () => Complete(count));
    }

    private void Complete(int count)
    {
        if (_dead)
        {
            return;
        }

        for (int i = 0; i < count; i++)
        {
            Operation operation = _pending.Dequeue();
            Apply(operation);
            if (operation is Operation.Append append)
            {
                append.ReplyTo.Tell(new JournalAppended(append.Token));
            }
        }

        _syncing = false;
        Sync();
    }

    private void Apply(Operation operation)
    {
        switch (operation)
        {
            case Operation.Append append:
                foreach (JournalRecord record in append.Records)
                {
                    disk.Write(record);
                    OnDurable?.Invoke(record);
                }

                break;
            case Operation.Delete delete:
                disk.DeleteTo(delete.PersistenceId, delete.SequenceNumber);
                break;
        }
    }

    private abstract record Operation
    {
        private Operation()
        {
        }

        public sealed record Append(IReadOnlyList<JournalRecord> Records, IActorRef ReplyTo, long Token) : Operation;

        public sealed record Delete(string PersistenceId, long SequenceNumber) : Operation;
    }
}
