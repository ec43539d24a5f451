namespace EnergyNode.Market.Coupling;

/// <summary>Up to where a node trades, in the order of ranks.</summary>
/// <param name="Rank">All steps of lower ranks are taken, none of higher ones.</param>
/// <param name="Part">What is taken of the step with this rank.</param>
internal readonly record struct MarginalStep(int Rank, long Part)
{
    public static readonly MarginalStep BehindAll = new(int.MaxValue, 0);
}
