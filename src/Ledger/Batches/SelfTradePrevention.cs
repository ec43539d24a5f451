namespace EnergyNode.Ledger;

/// <summary>
/// What an arriving order wants done where it would trade with an order at rest of its own owner. The maker's
/// own mode has no say.
/// </summary>
public enum SelfTradePrevention : byte
{
    /// <summary>They trade like any others.</summary>
    None = 0,

    /// <summary>The order at rest is withdrawn and the arriving one goes on.</summary>
    CancelMaker = 1,

    /// <summary>What is open of the arriving order is withdrawn.</summary>
    CancelTaker = 2,

    /// <summary>Both are withdrawn, first the one at rest.</summary>
    CancelBoth = 3,
}
