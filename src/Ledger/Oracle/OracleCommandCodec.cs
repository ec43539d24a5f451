namespace EnergyNode.Ledger;

/// <summary>The command of prepaid oracle operations, tag 80.</summary>
internal static class OracleCommandCodec
{
    private const byte PrepayOracle = 80;

    /// <returns>False when the command is another one.</returns>
    public static bool TryEncode(Command command, BorshWriter writer)
    {
        if (command is not Command.PrepayOracle c)
        {
            return false;
        }

        writer.Tag(PrepayOracle);
        writer.AccountId(c.Account);
        writer.I64(c.Prepaid.Micro);
        return true;
    }

    /// <returns>Null when the tag is another one.</returns>
    public static Command? Decode(byte tag, ref BorshReader reader) => tag == PrepayOracle
        ? new Command.PrepayOracle(reader.AccountId(), new Money(reader.I64()))
        : null;
}
