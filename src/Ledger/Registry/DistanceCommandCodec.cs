namespace EnergyNode.Ledger;

/// <summary>The command of grid fees, tag 70.</summary>
internal static class DistanceCommandCodec
{
    private const byte SetDistanceFees = 70;

    /// <returns>False when the command is another one.</returns>
    public static bool TryEncode(Command command, BorshWriter writer)
    {
        if (command is not Command.SetDistanceFees c)
        {
            return false;
        }

        writer.Tag(SetDistanceFees);
        writer.I64(c.SameFeeder.MicroPerKwh);
        writer.I64(c.SameZone.MicroPerKwh);
        return true;
    }

    /// <returns>Null when the tag is another one.</returns>
    public static Command? Decode(byte tag, ref BorshReader reader) => tag == SetDistanceFees
        ? new Command.SetDistanceFees(new Price(reader.I64()), new Price(reader.I64()))
        : null;
}
