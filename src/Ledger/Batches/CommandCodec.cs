namespace EnergyNode.Ledger;

/// <summary>Commands as Borsh enum variants: a tag byte, then the fields in order. Tags are never reused.</summary>
public static class CommandCodec
{
    private const byte RegisterUser = 0;
    private const byte AssignMeter = 1;
    private const byte GrantAgent = 2;
    private const byte Deposit = 3;
    private const byte Withdraw = 4;
    private const byte Transfer = 5;
    private const byte SetTariff = 6;
    private const byte SubmitReading = 7;
    private const byte PlaceOrder = 8;
    private const byte CancelOrder = 9;
    private const byte CloseEpoch = 10;
    private const byte ReplaceOrder = 11;
    private const byte CancelAll = 12;
    private const byte SubmitEvidence = 40;

    public static void Encode(Command command, BorshWriter writer)
    {
        switch (command)
        {
            case Command.RegisterUser c:
                writer.Tag(RegisterUser);
                writer.AccountId(c.Account);
                writer.Tag((byte)c.Kind);
                writer.PublicKey(c.Key);
                break;
            case Command.AssignMeter c:
                writer.Tag(AssignMeter);
                writer.MeterId(c.Meter);
                writer.AccountId(c.Owner);
                writer.PublicKey(c.Key);
                writer.I64(c.ImportRatingW);
                writer.I64(c.ExportRatingW);
                break;
            case Command.GrantAgent c:
                writer.Tag(GrantAgent);
                writer.AccountId(c.Account);
                writer.AccountId(c.Agent);
                writer.Bool(c.Granted);
                break;
            case Command.Deposit c:
                EncodeAmount(writer, Deposit, c.Account, c.Amount);
                break;
            case Command.Withdraw c:
                EncodeAmount(writer, Withdraw, c.Account, c.Amount);
                break;
            case Command.Transfer c:
                writer.Tag(Transfer);
                writer.AccountId(c.From);
                writer.AccountId(c.To);
                writer.I64(c.Amount.Units);
                break;
            default:
                EncodeMarket(command, writer);
                break;
        }
    }

    /// <summary>Reads one command; the caller checks <see cref="BorshReader.Ok"/> before it uses the result.</summary>
    public static Command Decode(ref BorshReader reader) =>
        Decode(reader.U8(), ref reader);

    /// <summary>Reads the fields after a tag.</summary>
    internal static Command Decode(byte tag, ref BorshReader reader) =>
        DecodeMarket(tag, ref reader)
        ?? BlockOrderCodec.Decode(tag, ref reader)
        ?? RegistryCommandCodec.Decode(tag, ref reader)
        ?? TokenCommandCodec.Decode(tag, ref reader)
        ?? KeyCommandCodec.Decode(tag, ref reader)
        ?? StakingCommandCodec.Decode(tag, ref reader)
        ?? RecCommandCodec.Decode(tag, ref reader)
        ?? GovernanceCommandCodec.Decode(tag, ref reader)
        ?? DistanceCommandCodec.Decode(tag, ref reader)
        ?? SettlementCommandCodec.Decode(tag, ref reader)
        ?? OracleCommandCodec.Decode(tag, ref reader)
        ?? Unassigned(ref reader);

    /// <summary>What is returned for a tag in a gap is not used: the reader has failed.</summary>
    private static Command.CloseEpoch Unassigned(ref BorshReader reader)
    {
        reader.Fail(CodecError.InvalidTag);
        return new Command.CloseEpoch(default);
    }

    private static Command? DecodeMarket(byte tag, ref BorshReader reader) => tag switch
    {
        RegisterUser => new Command.RegisterUser(
            reader.AccountId(), (UserKind)reader.Tag((byte)UserKind.Operator), reader.PublicKey()),
        AssignMeter => new Command.AssignMeter(
            reader.MeterId(),
            reader.AccountId(),
            reader.PublicKey(),
            reader.I64(1, Limits.MaxRatingW),
            reader.I64(1, Limits.MaxRatingW)),
        GrantAgent => new Command.GrantAgent(reader.AccountId(), reader.AccountId(), reader.Bool()),
        Deposit => new Command.Deposit(reader.AccountId(), new Money(reader.I64())),
        Withdraw => new Command.Withdraw(reader.AccountId(), new Money(reader.I64())),
        Transfer => new Command.Transfer(reader.AccountId(), reader.AccountId(), new Grid(reader.I64())),
        SetTariff => new Command.SetTariff(new Price(reader.I64()), new Price(reader.I64())),
        SubmitReading => new Command.SubmitReading(MeterReading.Decode(ref reader)),
        PlaceOrder => new Command.PlaceOrder(
            reader.AccountId(),
            reader.BookId(),
            (Side)reader.Tag((byte)Side.Sell),
            (TimeInForce)reader.Tag((byte)TimeInForce.GoodTillTime),
            new Price(reader.I64()),
            new WattHours(reader.I64()))
        {
            Terms = OrderTerms.Decode(ref reader),
        },
        CancelOrder => new Command.CancelOrder(reader.AccountId(), new OrderId(reader.I64())),
        ReplaceOrder => new Command.ReplaceOrder(
            reader.AccountId(), new OrderId(reader.I64()), new Price(reader.I64()), new WattHours(reader.I64())),
        CancelAll => new Command.CancelAll(reader.AccountId(), reader.Option() ? reader.BookId() : null),
        CloseEpoch => new Command.CloseEpoch(new EpochIndex(reader.I64())),
        SubmitEvidence => new Command.SubmitEvidence(reader.Bytes(Limits.MaxEvidenceBytes).ToArray()),
        _ => null,
    };

    private static void EncodeMarket(Command command, BorshWriter writer)
    {
        switch (command)
        {
            case Command.SetTariff c:
                writer.Tag(SetTariff);
                writer.I64(c.Retail.MicroPerKwh);
                writer.I64(c.FeedIn.MicroPerKwh);
                break;
            case Command.SubmitReading c:
                writer.Tag(SubmitReading);
                c.Reading.Encode(writer);
                break;
            case Command.PlaceOrder c:
                writer.Tag(PlaceOrder);
                writer.AccountId(c.Account);
                writer.BookId(c.Book);
                writer.Tag((byte)c.Side);
                writer.Tag((byte)c.TimeInForce);
                writer.I64(c.Limit.MicroPerKwh);
                writer.I64(c.Quantity.Wh);
                c.Terms.Encode(writer);
                break;
            case Command.CancelOrder c:
                writer.Tag(CancelOrder);
                writer.AccountId(c.Account);
                writer.I64(c.Order.Value);
                break;
            case Command.CloseEpoch c:
                writer.Tag(CloseEpoch);
                writer.I64(c.Epoch.Value);
                break;
            case Command.SubmitEvidence c:
                writer.Tag(SubmitEvidence);
                writer.Bytes(c.Evidence.Span);
                break;
            case Command.ReplaceOrder c:
                writer.Tag(ReplaceOrder);
                writer.AccountId(c.Account);
                writer.I64(c.Order.Value);
                writer.I64(c.Limit.MicroPerKwh);
                writer.I64(c.Quantity.Wh);
                break;
            case Command.CancelAll c:
                writer.Tag(CancelAll);
                writer.AccountId(c.Account);
                writer.Option(c.Book is not null);
                if (c.Book is { } book)
                {
                    writer.BookId(book);
                }

                break;
            default:
                if (!BlockOrderCodec.TryEncode(command, writer)
                    && !RegistryCommandCodec.TryEncode(command, writer) && !TokenCommandCodec.TryEncode(command, writer)
                    && !KeyCommandCodec.TryEncode(command, writer) && !RecCommandCodec.TryEncode(command, writer)
                    && !GovernanceCommandCodec.TryEncode(command, writer)
                    && !StakingCommandCodec.TryEncode(command, writer)
                    && !DistanceCommandCodec.TryEncode(command, writer)
                    && !SettlementCommandCodec.TryEncode(command, writer)
                    && !OracleCommandCodec.TryEncode(command, writer))
                {
                    throw new System.ArgumentException($"No encoding for {command.GetType().Name}.", nameof(command));
                }

                break;
        }
    }

    private static void EncodeAmount(BorshWriter writer, byte tag, AccountId account, Money amount)
    {
        writer.Tag(tag);
        writer.AccountId(account);
        writer.I64(amount.Micro);
    }
}
