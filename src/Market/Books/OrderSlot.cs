using EnergyNode.Ledger;

namespace EnergyNode.Market.Books;

/// <summary>One resting order in the pool. A free slot has id 0 and links to the next free one.</summary>
internal struct OrderSlot
{
    public const int None = -1;

    public long Id;
    public long Open;
    public Instant ValidUntil;
    public int Owner;
    public int Level;
    public int Previous;
    public int Next;
    public Side Side;
    public BookTimeInForce TimeInForce;
    public SelfTradePrevention SelfTradePrevention;
    public bool IsPostOnly;

    public readonly BookOrder ToOrder(Price price) =>
        new(new OrderId(Id), Owner, Side, price, new WattHours(Open), TimeInForce)
        {
            IsPostOnly = IsPostOnly,
            SelfTradePrevention = SelfTradePrevention,
            ValidUntil = ValidUntil,
        };
}
