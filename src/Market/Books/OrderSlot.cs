using EnergyNode.Ledger;

namespace EnergyNode.Market.Books;

/// <summary>
/// One resting order in the pool: 32 bytes, so that none lies across cache lines. A free slot has id 0.
/// </summary>
internal struct OrderSlot
{
    public const int None = -1;

    public long Id;
    public long Open;
    public int Owner;
    public int Level;
    public Side Side;
    public BookTimeInForce TimeInForce;
    public SelfTradePrevention SelfTradePrevention;
    public bool IsPostOnly;
}
