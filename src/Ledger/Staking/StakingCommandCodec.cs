namespace EnergyNode.Ledger;

/// <summary>The commands of stake, tags 41 to 43.</summary>
internal static class StakingCommandCodec
{
    private const byte Bond = 41;
    private const byte Unbond = 42;
    private const byte Unjail = 43;

    /// <returns>False when the command is none of these.</returns>
    public static bool TryEncode(Command command, BorshWriter writer)
    {
        switch (command)
        {
            case Command.Bond c:
                writer.Tag(Bond);
                writer.AccountId(c.Account);
                writer.PublicKey(c.Validator);
                writer.I64(c.Amount.Micro);
                return true;
            case Command.Unbond c:
                writer.Tag(Unbond);
                writer.AccountId(c.Account);
                writer.I64(c.Amount.Micro);
                return true;
            case Command.Unjail c:
                writer.Tag(Unjail);
                writer.AccountId(c.Account);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Null when the tag is none of these.</summary>
    public static Command? Decode(byte tag, ref BorshReader reader) => tag switch
    {
        Bond => new Command.Bond(reader.AccountId(), reader.PublicKey(), new Money(reader.I64())),
        Unbond => new Command.Unbond(reader.AccountId(), new Money(reader.I64())),
        Unjail => new Command.Unjail(reader.AccountId()),
        _ => null,
    };
}
