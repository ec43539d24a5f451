namespace EnergyNode.Ledger;

/// <summary>How long an order stands.</summary>
public enum TimeInForce : byte
{
    /// <summary>
    /// Rests until it is filled or cancelled. An ask ends at the latest with the epoch whose tokens it offers.
    /// </summary>
    GoodTillCancelled = 0,

    /// <summary>
    /// Takes what there is (in a call auction: takes part in the next one), then what is left is cancelled.
    /// </summary>
    ImmediateOrCancel = 1,
}
