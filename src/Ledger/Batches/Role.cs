using System;

namespace EnergyNode.Ledger;

/// <summary>What an account may do beyond its own affairs; a set of flags. See <see cref="AccessTable"/>.</summary>
[Flags]
public enum Role : byte
{
    None = 0,

    /// <summary>Registers users, zones and feeders; suspends users.</summary>
    Authority = 1,

    /// <summary>Advanced metering infrastructure: assigns and connects meters, validates devices.</summary>
    AmiService = 2,

    /// <summary>Submits readings, sets tariffs, and closes epochs under the oracle clock.</summary>
    OracleOperator = 4,

    /// <summary>Books money in and out.</summary>
    Treasury = 8,

    /// <summary>Oversees renewable energy certificates.</summary>
    RecRegulator = 16,

    /// <summary>Gives and takes roles.</summary>
    Governance = 32,
}
