using System.Collections.Generic;

namespace EnergyNode.Ledger;

/// <summary>The commands about keys, tags 35 to 39.</summary>
internal static class KeyCommandCodec
{
    private const byte RotateKey = 35;
    private const byte RevokeKey = 36;
    private const byte SetCircle = 37;
    private const byte ApproveOperation = 38;
    private const byte VoteRecovery = 39;

    /// <returns>False when the command is none of these.</returns>
    public static bool TryEncode(Command command, BorshWriter writer)
    {
        switch (command)
        {
            case Command.RotateKey c:
                writer.Tag(RotateKey);
                writer.AccountId(c.Account);
                writer.PublicKey(c.Key);
                return true;
            case Command.RevokeKey c:
                writer.Tag(RevokeKey);
                writer.AccountId(c.Account);
                return true;
            case Command.SetCircle c:
                writer.Tag(SetCircle);
                writer.AccountId(c.Account);
                writer.Tag((byte)c.Kind);
                writer.I64(c.Threshold);
                writer.I64(c.Delay.Micros);
                writer.Count(c.Accounts.Count);
                foreach (AccountId account in c.Accounts)
                {
                    writer.AccountId(account);
                }

                return true;
            case Command.ApproveOperation c:
                writer.Tag(ApproveOperation);
                writer.AccountId(c.Member);
                writer.AccountId(c.Account);
                writer.I64(c.ValidUntil.Micros);
                CommandCodec.Encode(c.Operation, writer);
                return true;
            case Command.VoteRecovery c:
                writer.Tag(VoteRecovery);
                writer.AccountId(c.Voter);
                writer.AccountId(c.Account);
                writer.PublicKey(c.Key);
                writer.Bool(c.InFavour);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Null when the tag is none of these.</summary>
    public static Command? Decode(byte tag, ref BorshReader reader) => tag switch
    {
        RotateKey => new Command.RotateKey(reader.AccountId(), reader.PublicKey()),
        RevokeKey => new Command.RevokeKey(reader.AccountId()),
        SetCircle => new Command.SetCircle(
            reader.AccountId(),
            (CircleKind)reader.Tag((byte)CircleKind.Guardians),
            (int)reader.I64(0, Limits.MaxCircle),
            new Duration(reader.I64()),
            DecodeAccounts(ref reader)),
        ApproveOperation => new Command.ApproveOperation(
            reader.AccountId(), reader.AccountId(), new Instant(reader.I64()), DecodeOperation(ref reader)),
        VoteRecovery => new Command.VoteRecovery(
            reader.AccountId(), reader.AccountId(), reader.PublicKey(), reader.Bool()),
        _ => null,
    };

    private static List<AccountId> DecodeAccounts(ref BorshReader reader)
    {
        int count = reader.Count(Limits.MaxCircle, 5);
        List<AccountId> accounts = new(count);
        for (int i = 0; i < count && reader.Ok; i++)
        {
            accounts.Add(reader.AccountId());
        }

        return accounts;
    }

    /// <summary>One level deep, so that bytes from outside cannot make the reader recurse.</summary>
    private static Command DecodeOperation(ref BorshReader reader)
    {
        byte tag = reader.U8();
        if (tag == ApproveOperation)
        {
            reader.Fail(CodecError.InvalidTag);
        }

        return CommandCodec.Decode(reader.Ok ? tag : byte.MaxValue, ref reader);
    }
}
