namespace EnergyNode.Ledger;

/// <summary>The tokens' commands, tags 29 to 34.</summary>
internal static class TokenCommandCodec
{
    private const byte Approve = 29;
    private const byte TransferFrom = 30;
    private const byte Mint = 31;
    private const byte Burn = 32;
    private const byte SetSpendingPolicy = 33;
    private const byte CancelTransfer = 34;

    /// <returns>False when the command is none of these.</returns>
    public static bool TryEncode(Command command, BorshWriter writer)
    {
        switch (command)
        {
            case Command.Approve c:
                writer.Tag(Approve);
                writer.AccountId(c.Owner);
                writer.AccountId(c.Spender);
                writer.I64(c.Amount.Units);
                return true;
            case Command.TransferFrom c:
                writer.Tag(TransferFrom);
                writer.AccountId(c.Spender);
                writer.AccountId(c.From);
                writer.AccountId(c.To);
                writer.I64(c.Amount.Units);
                return true;
            case Command.Mint c:
                writer.Tag(Mint);
                writer.AccountId(c.Account);
                writer.I64(c.Amount.Units);
                return true;
            case Command.Burn c:
                writer.Tag(Burn);
                writer.AccountId(c.Account);
                writer.I64(c.Amount.Units);
                return true;
            case Command.SetSpendingPolicy c:
                writer.Tag(SetSpendingPolicy);
                writer.AccountId(c.Account);
                c.Terms.Encode(writer);
                return true;
            case Command.CancelTransfer c:
                writer.Tag(CancelTransfer);
                writer.AccountId(c.Account);
                writer.I64(c.Id.Value);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Null when the tag is none of these.</summary>
    public static Command? Decode(byte tag, ref BorshReader reader) => tag switch
    {
        Approve => new Command.Approve(reader.AccountId(), reader.AccountId(), new Grid(reader.I64())),
        TransferFrom => new Command.TransferFrom(
            reader.AccountId(), reader.AccountId(), reader.AccountId(), new Grid(reader.I64())),
        Mint => new Command.Mint(reader.AccountId(), new Grid(reader.I64())),
        Burn => new Command.Burn(reader.AccountId(), new Grid(reader.I64())),
        SetSpendingPolicy => new Command.SetSpendingPolicy(reader.AccountId(), SpendingTerms.Decode(ref reader)),
        CancelTransfer => new Command.CancelTransfer(reader.AccountId(), new TransferId(reader.I64())),
        _ => null,
    };
}
