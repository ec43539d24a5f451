using System;

namespace EnergyNode.Ledger;

/// <summary>
/// Reads and judges evidence. The ledger owns this port and consensus implements it, as only consensus knows what a
/// validator may sign. It must be a pure function: every node that executes a block asks it.
/// </summary>
public interface IEvidenceVerifier
{
    /// <summary>What evidence speaks of; nothing is believed yet.</summary>
    /// <returns>Null when the bytes are not the canonical form of evidence.</returns>
    Offence? Read(ReadOnlySpan<byte> evidence);

    /// <param name="set">The validator set of the offence's height.</param>
    bool Proves(ReadOnlySpan<byte> evidence, ValidatorSet set);

    /// <summary>Its name on the ledger.</summary>
    Hash32 IdOf(ReadOnlySpan<byte> evidence);
}
