using System.Collections.Generic;
using EnergyNode.Actors;
using EnergyNode.Actors.Ports;

namespace EnergyNode.Node.Persistence;

/// <summary>One thing for the writer to do.</summary>
internal abstract record JournalWork
{
    private JournalWork()
    {
    }

    /// <summary>The payload bytes that it keeps in memory.</summary>
    public virtual long SizeBytes => 0;

    public sealed record Append(IReadOnlyList<JournalRecord> Records, IActorRef ReplyTo, long Token) : JournalWork
    {
        public override long SizeBytes { get; } = SizeOf(Records);

        private static long SizeOf(IReadOnlyList<JournalRecord> records)
        {
            long size = 0;
            for (int i = 0; i < records.Count; i++)
            {
                size += records[i].Payload.Length;
            }

            return size;
        }
    }

    public sealed record DeleteTo(string PersistenceId, long SequenceNumber) : JournalWork;
}
