using EnergyNode.Ledger;

namespace EnergyNode.Actors.Ports;

/// <summary>One event in the journal, shaped as Akka.Persistence.Sql's journal rows are.</summary>
/// <param name="PersistenceId">Whose event it is, e.g. <c>blocks</c> or <c>consensus</c>.</param>
/// <param name="SequenceNumber">1, 2, 3 … without a gap within one persistence id.</param>
/// <param name="Created">When it was written (wall clock; for people, never for logic).</param>
/// <param name="Manifest">The payload's type and version, e.g. <c>decided-block/1</c>.</param>
/// <param name="Payload">Borsh bytes.</param>
/// <param name="Tags">Semicolon-separated, may be empty.</param>
public sealed record JournalRecord(
    string PersistenceId, long SequenceNumber, Instant Created, string Manifest, byte[] Payload, string Tags);
