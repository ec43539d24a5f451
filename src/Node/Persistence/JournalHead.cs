using EnergyNode.Ledger;

namespace EnergyNode.Node.Persistence;

/// <summary>Where one persistence id ends, and up to where it was deleted.</summary>
internal readonly record struct JournalHead(DeletedMark Deleted, long Highest, Hash32 Checksum);
