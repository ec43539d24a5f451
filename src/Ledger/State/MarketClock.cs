namespace EnergyNode.Ledger;

/// <summary>What closes an epoch.</summary>
public enum MarketClock : byte
{
    /// <summary>Only the oracle operator's command: for the replay of recorded data.</summary>
    Oracle = 0,

    /// <summary>The first block whose time is at or after the epoch's end and the grace period.</summary>
    Block = 1,
}
