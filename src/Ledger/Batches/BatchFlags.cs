using System;

namespace EnergyNode.Ledger;

/// <summary>How a batch wants to be executed.</summary>
[Flags]
public enum BatchFlags : byte
{
    None = 0,

    /// <summary>All commands succeed, or none has an effect.</summary>
    Atomic = 1,

    /// <summary>
    /// Only directly after the signer's batch with the nonce before it. Earlier it is passed over without a receipt and
    /// stays valid, so a lost or reordered batch of a stream cannot be overtaken by the next one.
    /// </summary>
    InOrder = 2,
}
