namespace EnergyNode.Ledger;

/// <summary>Money that leaves a validator and is at risk until it is released.</summary>
/// <param name="Begun">The height of the command.</param>
public readonly record struct Unbonding(PublicKey Validator, Money Amount, Height Begun)
{
    internal void Encode(BorshWriter writer)
    {
        writer.PublicKey(Validator);
        writer.I64(Amount.Micro);
        writer.I64(Begun.Value);
    }
}
