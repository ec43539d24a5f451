using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>A validator that may have forgotten promises does not vote.</summary>
/// <param name="Until">It votes again when this height is decided; 0 while it is unknown.</param>
internal sealed record Silence(Height Until)
{
    public static Silence Unknown { get; } = new(Height.Genesis);
}
