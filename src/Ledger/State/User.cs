namespace EnergyNode.Ledger;

/// <summary>A registered party.</summary>
/// <param name="Key">Signs its batches.</param>
public readonly record struct User(
    UserKind Kind, Role Roles, PublicKey Key, UserStatus Status = UserStatus.Active)
{
    internal void Encode(BorshWriter writer)
    {
        writer.U8((byte)Kind);
        writer.U8((byte)Roles);
        writer.PublicKey(Key);
        writer.U8((byte)Status);
    }
}
