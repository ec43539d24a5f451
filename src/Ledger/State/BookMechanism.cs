namespace EnergyNode.Ledger;

/// <summary>How a book finds its trades.</summary>
public enum BookMechanism : byte
{
    /// <summary>An arriving order trades at once against what rests, at the resting order's price.</summary>
    Continuous = 0,

    /// <summary>Orders are collected; the close of an epoch trades them at one uniform price.</summary>
    CallAuction = 1,

    /// <summary>As the call auction, but in each trade the buyer pays the limit of his bid.</summary>
    PayAsBidAuction = 2,
}
