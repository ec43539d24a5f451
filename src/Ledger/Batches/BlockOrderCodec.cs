namespace EnergyNode.Ledger;

/// <summary>The command of block orders, tag 13.</summary>
internal static class BlockOrderCodec
{
    private const byte PlaceBlockOrder = 13;

    /// <returns>False when the command is another one.</returns>
    public static bool TryEncode(Command command, BorshWriter writer)
    {
        if (command is not Command.PlaceBlockOrder c)
        {
            return false;
        }

        writer.Tag(PlaceBlockOrder);
        writer.AccountId(c.Account);
        writer.Label(c.Zone);
        writer.Tag((byte)c.Quality);
        writer.Tag((byte)c.Side);
        writer.I64(c.First.Value);
        writer.I64(c.Epochs);
        writer.I64(c.Limit.MicroPerKwh);
        writer.I64(c.Quantity.Wh);
        return true;
    }

    /// <returns>Null when the tag is another one.</returns>
    public static Command? Decode(byte tag, ref BorshReader reader) => tag != PlaceBlockOrder
        ? null
        : new Command.PlaceBlockOrder(
            reader.AccountId(),
            reader.Label(),
            (EnergyQuality)reader.Tag((byte)EnergyQuality.Storage),
            (Side)reader.Tag((byte)Side.Sell),
            new EpochIndex(reader.I64()),
            reader.I64(),
            new Price(reader.I64()),
            new WattHours(reader.I64()));
}
