namespace EnergyNode.Ledger;

/// <summary>A change of protocol that the governance has decided and that is still to come.</summary>
/// <param name="Height">The first height that the new protocol decides.</param>
public sealed record ConsensusChange(ConsensusRules Rules, Height Height)
{
    internal void Encode(BorshWriter writer)
    {
        Rules.Encode(writer);
        writer.I64(Height.Value);
    }
}
