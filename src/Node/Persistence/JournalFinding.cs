namespace EnergyNode.Node.Persistence;

/// <summary>Something wrong with a journal.</summary>
/// <param name="PersistenceId">The record's persistence id; empty when the finding is about the whole file.</param>
/// <param name="SequenceNumber">The record's sequence number; 0 when the finding is about the whole file.</param>
/// <param name="What">One line for people.</param>
public sealed record JournalFinding(string PersistenceId, long SequenceNumber, string What)
{
    public static JournalFinding OfFile(string what) => new(string.Empty, 0, what);

    public override string ToString() =>
        PersistenceId.Length == 0 ? What : $"record {PersistenceId}/{SequenceNumber}: {What}";
}
