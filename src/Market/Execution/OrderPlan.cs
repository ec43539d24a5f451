using EnergyNode.Ledger;
using EnergyNode.Market.Books;

namespace EnergyNode.Market.Execution;

/// <summary>
/// What an order would be in the ledger and in its book, worked out before anything is decided. The numbers may be
/// anything until <see cref="HasValidQuantity"/> and <see cref="HasValidPrice"/> say that they can be calculated with.
/// </summary>
internal readonly ref struct OrderPlan
{
    private readonly Command.PlaceOrder _command;

    public OrderPlan(LedgerState state, Command.PlaceOrder command)
    {
        _command = command;
        HasBook = state.BookParameters.TryGet(command.Book, out BookParameters book);
        Parameters = HasBook ? book : BookParameters.Default;
        OrderTerms terms = command.Terms;
        HasValidQuantity = Parameters.AllowsQuantity(command.Quantity)
            && terms.MinimumQuantity.Wh >= 0 && terms.MinimumQuantity <= command.Quantity;
        Limit = !terms.IsMarket ? command.Limit : command.Side == Side.Buy ? Parameters.Cap : Parameters.Floor;
        HasValidPrice = terms.IsMarket ? command.Limit.MicroPerKwh == 0 : Parameters.AllowsLimit(command.Limit);
        Fee = state.Parameters.GridFee;
        if (HasValidPrice)
        {
            HoldPrice = HoldPriceOf(state, Parameters, command.Side, Limit, Fee);
        }
    }

    public BookParameters Parameters { get; }

    public bool HasBook { get; }

    public bool HasValidQuantity { get; }

    public bool HasValidPrice { get; }

    /// <summary>The worst price at which the order trades: of a market order its book's cap or floor.</summary>
    public Price Limit { get; }

    public Price Fee { get; }

    public Price HoldPrice { get; }

    /// <summary>What the book sorts by.</summary>
    public static Price BookPriceOf(Side side, Price limit, Price fee) => side == Side.Buy ? limit - fee : limit;

    /// <summary>
    /// What an order must hold for each kWh, so that no trade can cost more: of a bid its limit, but at least the fee,
    /// which is due at negative prices, too; of an ask what it would pay at a negative price; of a forward ask what a
    /// failure to deliver would cost at the utility's retail price.
    /// </summary>
    public static Price HoldPriceOf(LedgerState state, in BookParameters book, Side side, Price limit, Price fee) =>
        side == Side.Buy ? Price.Max(limit, fee)
        : book.Forward is null ? Price.Max(new Price(0), new Price(0) - limit)
        : Price.Max(new Price(0), state.Parameters.Retail - limit);

    /// <summary>
    /// Whether the terms go together and mean something in the book; a market order arrives there as a limit order.
    /// </summary>
    public bool HasValidTerms(Instant now)
    {
        BookOrder order = ToBook(new OrderId(1)) with
        {
            IsMarket = _command.Terms.IsMarket,
            Price = _command.Terms.IsMarket ? default : BookPriceOf(_command.Side, Limit, Fee),
        };
        return OrderAdmission.Check(Parameters.Mechanism, order) == BookRefusal.None
            && (_command.TimeInForce != TimeInForce.GoodTillTime || _command.Terms.ValidUntil > now);
    }

    public OpenOrder ToLeaf(OrderId id) => new(
        _command.Account, _command.Book, _command.Side, _command.TimeInForce, Limit,
        BookPriceOf(_command.Side, Limit, Fee), Fee, _command.Quantity)
    {
        HoldPrice = HoldPrice,
        Priority = id.Value,
        IsForward = Parameters.Forward is not null,
        Terms = _command.Terms,
    };

    public BookOrder ToBook(OrderId id) => new(
        id, 0, _command.Side, BookPriceOf(_command.Side, Limit, Fee), _command.Quantity,
        (BookTimeInForce)_command.TimeInForce)
    {
        IsPostOnly = _command.Terms.IsPostOnly,
        SelfTradePrevention = _command.Terms.SelfTradePrevention,
        MinimumQuantity = _command.Terms.MinimumQuantity,
        ValidUntil = _command.Terms.ValidUntil,
    };
}
