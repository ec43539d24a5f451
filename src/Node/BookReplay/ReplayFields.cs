using System.Text.Json;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;

namespace EnergyNode.Node.BookReplay;

/// <summary>The fields of one line as they are read, each at most once.</summary>
internal struct ReplayFields
{
    public const string Operation = "op";
    public const string Id = "id";
    public const string Account = "account";
    public const string SideOf = "side";
    public const string Price = "price";
    public const string Quantity = "qty";
    public const string TimeInForce = "tif";
    public const string Prevention = "stp";

    private ReplayOperation? _operation;
    private long? _id;
    private int? _account;
    private Side? _side;
    private long? _price;
    private bool _isMarket;
    private long? _quantity;
    private BookTimeInForce? _timeInForce;
    private bool _isPostOnly;
    private SelfTradePrevention? _prevention;

    /// <summary>Reads the value that follows a name; fields of other names are skipped.</summary>
    /// <returns>The reason to reject the line, or null.</returns>
    public string? Read(ref Utf8JsonReader reader)
    {
        string? name =
            reader.ValueTextEquals(Operation) ? Operation
            : reader.ValueTextEquals(Id) ? Id
            : reader.ValueTextEquals(Account) ? Account
            : reader.ValueTextEquals(SideOf) ? SideOf
            : reader.ValueTextEquals(Price) ? Price
            : reader.ValueTextEquals(Quantity) ? Quantity
            : reader.ValueTextEquals(TimeInForce) ? TimeInForce
            : reader.ValueTextEquals(Prevention) ? Prevention
            : null;
        reader.Read();
        switch (name)
        {
            case null:
                reader.Skip();
                return null;
            case Operation:
                return ReadOperation(ref reader);
            default:
                return ReadValue(name, ref reader) ? null : ReplayReasons.Invalid(name);
        }
    }

    /// <returns>The reason to reject the line, or null.</returns>
    public readonly string? ToRequest(out ReplayRequest request)
    {
        request = default;
        if (_operation is not { } operation)
        {
            return ReplayReasons.Missing(Operation);
        }

        string? missing = operation switch
        {
            ReplayOperation.Book or ReplayOperation.Reset => null,
            _ when _id is null => Id,
            ReplayOperation.Cancel => null,
            ReplayOperation.Add when _side is null => SideOf,
            _ when _price is null && !_isMarket => Price,
            _ when _quantity is null => Quantity,
            _ => null,
        };
        if (missing is not null)
        {
            return ReplayReasons.Missing(missing);
        }

        if (operation == ReplayOperation.Replace && _isMarket)
        {
            return ReplayReasons.Invalid(Price);
        }

        request = new ReplayRequest(operation, ToOrder());
        return null;
    }

    /// <summary>A market order never rests: good till cancelled means immediate or cancel for it.</summary>
    private readonly BookOrder ToOrder()
    {
        BookTimeInForce timeInForce = _timeInForce ?? BookTimeInForce.GoodTillCancelled;
        bool endsAtOnce = _isMarket && !_isPostOnly && timeInForce == BookTimeInForce.GoodTillCancelled;
        return new BookOrder(
            new OrderId(_id ?? 0),
            _account ?? 0,
            _side ?? Side.Buy,
            new Price(_price ?? 0),
            new WattHours(_quantity ?? 0),
            endsAtOnce ? BookTimeInForce.ImmediateOrCancel : timeInForce)
        {
            IsMarket = _isMarket,
            IsPostOnly = _isPostOnly,
            SelfTradePrevention = _prevention ?? SelfTradePrevention.None,
        };
    }

    private string? ReadOperation(ref Utf8JsonReader reader)
    {
        if (_operation is not null || reader.TokenType != JsonTokenType.String)
        {
            return ReplayReasons.Invalid(Operation);
        }

        _operation =
            reader.ValueTextEquals("add") ? ReplayOperation.Add
            : reader.ValueTextEquals("cancel") ? ReplayOperation.Cancel
            : reader.ValueTextEquals("replace") ? ReplayOperation.Replace
            : reader.ValueTextEquals("book") ? ReplayOperation.Book
            : reader.ValueTextEquals("reset") ? ReplayOperation.Reset
            : null;
        return _operation is null ? ReplayReasons.UnknownOperation : null;
    }

    private bool ReadValue(string name, ref Utf8JsonReader reader)
    {
        switch (name)
        {
            case Id:
                return ReadNumber(ref reader, ref _id);
            case Quantity:
                return ReadNumber(ref reader, ref _quantity);
            case Price when reader.TokenType == JsonTokenType.Null && _price is null && !_isMarket:
                _isMarket = true;
                return true;
            case Price:
                return !_isMarket && ReadNumber(ref reader, ref _price);
            case Account:
                long? account = _account;
                bool isAccount = ReadNumber(ref reader, ref account) && account is >= int.MinValue and <= int.MaxValue;
                _account = isAccount ? (int)account!.Value : null;
                return isAccount;
            default:
                return reader.TokenType == JsonTokenType.String && ReadWord(name, ref reader);
        }
    }

    private static bool ReadNumber(ref Utf8JsonReader reader, ref long? field)
    {
        if (field is not null || reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long value))
        {
            return false;
        }

        field = value;
        return true;
    }

    private bool ReadWord(string name, ref Utf8JsonReader reader)
    {
        switch (name)
        {
            case SideOf when _side is null:
                _side = reader.ValueTextEquals("buy") ? Side.Buy : reader.ValueTextEquals("sell") ? Side.Sell : null;
                return _side is not null;
            case TimeInForce when _timeInForce is null:
                _isPostOnly = reader.ValueTextEquals("post");
                _timeInForce =
                    _isPostOnly || reader.ValueTextEquals("gtc") ? BookTimeInForce.GoodTillCancelled
                    : reader.ValueTextEquals("ioc") ? BookTimeInForce.ImmediateOrCancel
                    : reader.ValueTextEquals("fok") ? BookTimeInForce.FillOrKill
                    : null;
                return _timeInForce is not null;
            case Prevention when _prevention is null:
                _prevention =
                    reader.ValueTextEquals("none") ? SelfTradePrevention.None
                    : reader.ValueTextEquals("maker") ? SelfTradePrevention.CancelMaker
                    : reader.ValueTextEquals("taker") ? SelfTradePrevention.CancelTaker
                    : reader.ValueTextEquals("both") ? SelfTradePrevention.CancelBoth
                    : null;
                return _prevention is not null;
            default:
                return false;
        }
    }
}
