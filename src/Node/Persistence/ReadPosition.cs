using System;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Persistence;

/// <summary>How far a reader has come.</summary>
/// <param name="PersistenceId">What it reads.</param>
/// <param name="Next">The next sequence number.</param>
/// <param name="Previous">The checksum of the record before; null before the first page.</param>
internal readonly record struct ReadPosition(string PersistenceId, long Next, Hash32? Previous)
{
    public static ReadPosition Start(string persistenceId, long fromSequenceNumber) =>
        new(persistenceId, Math.Max(fromSequenceNumber, 1), null);
}
