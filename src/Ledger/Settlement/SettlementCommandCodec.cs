namespace EnergyNode.Ledger;

/// <summary>The commands of deviations and corrections, tags 75 and 76.</summary>
internal static class SettlementCommandCodec
{
    private const byte CorrectReading = 75;
    private const byte SetDeviationPrices = 76;

    /// <returns>False when the command is another one.</returns>
    public static bool TryEncode(Command command, BorshWriter writer)
    {
        switch (command)
        {
            case Command.CorrectReading c:
                writer.Tag(CorrectReading);
                c.Correction.Encode(writer);
                return true;
            case Command.SetDeviationPrices c:
                writer.Tag(SetDeviationPrices);
                new DeviationPrices(c.Short, c.Long).Encode(writer);
                return true;
            default:
                return false;
        }
    }

    /// <returns>Null when the tag is another one.</returns>
    public static Command? Decode(byte tag, ref BorshReader reader) => tag switch
    {
        CorrectReading => new Command.CorrectReading(ReadingCorrection.Decode(ref reader)),
        SetDeviationPrices => new Command.SetDeviationPrices(Price(ref reader), Price(ref reader)),
        _ => null,
    };

    private static Price? Price(ref BorshReader reader) => reader.Option() ? new Price(reader.I64()) : null;
}
