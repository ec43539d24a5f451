using System.Collections.Generic;
using System.Linq;
using EnergyNode.Actors.Ports;

namespace EnergyNode.Actors.Tests.Node;

/// <summary>A journal in memory, durable at once.</summary>
internal sealed class MemoryJournal : IJournal
{
    private readonly List<JournalRecord> _records = [];

    public void Append(IReadOnlyList<JournalRecord> records, IActorRef replyTo, long token)
    {
        _records.AddRange(records);
        replyTo.Tell(new JournalAppended(token));
    }

    public void DeleteTo(string persistenceId, long sequenceNumber) => _records.RemoveAll(
        record => record.PersistenceId == persistenceId && record.SequenceNumber <= sequenceNumber);

    public IEnumerable<JournalRecord> Read(string persistenceId, long fromSequenceNumber, long toSequenceNumber) =>
        _records.Where(record => record.PersistenceId == persistenceId
            && record.SequenceNumber >= fromSequenceNumber && record.SequenceNumber <= toSequenceNumber).ToArray();

    public long HighestSequenceNumber(string persistenceId) => _records
        .Where(record => record.PersistenceId == persistenceId)
        .Select(record => record.SequenceNumber)
        .DefaultIfEmpty(0)
        .Max();
}
