using System;

namespace EnergyNode.Ledger;

/// <summary>The key of an operation that waits for approvals: whose it is, and what exactly.</summary>
/// <param name="Content">SHA-256 over the time until which it is valid and its command, see docs/spec/wire.md.</param>
public readonly record struct OperationKey(AccountId Account, Hash32 Content) : IComparable<OperationKey>
{
    private const string Domain = "energynode/operation/1";

    public static OperationKey Of(Command.ApproveOperation approval)
    {
        BorshWriter writer = new();
        writer.Ascii(Domain);
        writer.I64(approval.ValidUntil.Micros);
        CommandCodec.Encode(approval.Operation, writer);
        return new OperationKey(approval.Account, Hash32.Of(writer.WrittenSpan));
    }

    public int CompareTo(OperationKey other)
    {
        int order = Account.CompareTo(other.Account);
        return order != 0 ? order : Content.CompareTo(other.Content);
    }
}
