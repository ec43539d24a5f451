namespace EnergyNode.Ledger;

/// <summary>A validator set as a row of a table, with the protocol by which it decides.</summary>
public readonly record struct ValidatorSetRow(ValidatorSet Set, ConsensusRules Rules)
{
    internal void Encode(BorshWriter writer)
    {
        Set.Encode(writer);
        Rules.Encode(writer);
    }
}
