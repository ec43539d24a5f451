using System.Collections.Generic;

namespace EnergyNode.Actors.Ports;

/// <summary>
/// The node's write-ahead log. <see cref="Append"/> returns at once; the adapter writes in the order of the calls,
/// makes as many waiting records durable with one fsync as it can, and then tells <c>replyTo</c>
/// <see cref="JournalAppended"/> (or <see cref="JournalFailed"/>, after which it accepts nothing more).
/// </summary>
public interface IJournal
{
    /// <param name="records">Made durable together or not at all.</param>
    /// <param name="replyTo">Told when the records are durable.</param>
    /// <param name="token">Comes back in the answer.</param>
    void Append(IReadOnlyList<JournalRecord> records, IActorRef replyTo, long token);

    /// <summary>
    /// Deletes the records of one persistence id up to and including a sequence number. Never awaited.
    /// </summary>
    void DeleteTo(string persistenceId, long sequenceNumber);

    /// <summary>
    /// Reads records in order; for start-up and for serving old blocks. Checks each record's checksum.
    /// </summary>
    /// <exception cref="JournalCorruptException">A record is damaged; the message says which and how.</exception>
    IEnumerable<JournalRecord> Read(string persistenceId, long fromSequenceNumber, long toSequenceNumber);

    /// <summary>The highest sequence number ever written for this id, 0 if none.</summary>
    long HighestSequenceNumber(string persistenceId);
}
