namespace EnergyNode.Actors.Ports;

/// <summary>The records of the append with this token are durable.</summary>
public sealed record JournalAppended(long Token);

/// <summary>The journal cannot write any more (full disk, I/O error). The node must stop.</summary>
public sealed record JournalFailed(long Token, string Reason);
