namespace EnergyNode.Market.Books;

/// <summary>How long an order that is not filled stays.</summary>
public enum TimeInForce : byte
{
    /// <summary>Rests until it is filled or cancelled.</summary>
    GoodTillCancelled = 0,

    /// <summary>Expires at once (continuous), or at the end of the next clearing (call auction).</summary>
    ImmediateOrCancel = 1,
}
