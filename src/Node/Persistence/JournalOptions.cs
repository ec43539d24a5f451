namespace EnergyNode.Node.Persistence;

/// <summary>The journal's limits.</summary>
public sealed record JournalOptions
{
    /// <summary>Appends that may wait for the writer; one more makes the caller wait, too.</summary>
    public int MaxWaitingAppends { get; init; } = 4096;

    /// <summary>Payload bytes that may wait for the writer: 64 MiB, half a second at 128 MiB/s.</summary>
    public long MaxWaitingBytes { get; init; } = 64L << 20;

    /// <summary>
    /// Payload bytes at which the writer stops adding appends to one transaction: 8 MiB, twice the size at which SQLite
    /// moves the write-ahead log into the main file.
    /// </summary>
    public long MaxGroupBytes { get; init; } = 8L << 20;

    /// <summary>The main file's largest size; a journal that reaches it fails as on a full disk.</summary>
    public long MaxFileBytes { get; init; } = 1L << 40;
}
