using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>One broken promise.</summary>
/// <param name="At">Virtual time since the start.</param>
/// <param name="Text">For people; names the node.</param>
public sealed record Violation(ViolationKind Kind, Duration At, string Text)
{
    /// <summary>Everything but liveness is safety.</summary>
    public bool IsSafety => Kind != ViolationKind.Liveness;
}
