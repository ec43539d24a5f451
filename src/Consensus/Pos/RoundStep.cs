namespace EnergyNode.Consensus.Pos;

/// <summary>How far a validator is in its round (Algorithm 1, L4).</summary>
internal enum RoundStep
{
    Propose,
    Prevote,
    Precommit,
}
