namespace EnergyNode.Ledger;

/// <summary>A registered party.</summary>
/// <param name="Key">Signs its batches.</param>
public readonly record struct User(UserKind Kind, Role Roles, PublicKey Key)
{
    internal void Encode(BorshWriter writer)
    {
        writer.U8((byte)Kind);
        writer.U8((byte)Roles);
        writer.PublicKey(Key);
    }
}
