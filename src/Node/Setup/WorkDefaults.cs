using EnergyNode.Ledger;

namespace EnergyNode.Node.Setup;

/// <summary>Proof of work where a user does not say otherwise.</summary>
public static class WorkDefaults
{
    /// <summary>
    /// A block in 0.4 s, final with six above it: some 2.8 s after it was mined. The first difficulty is what one core
    /// does in about 0.2 s; the rule finds the right one within some dozen blocks.
    /// </summary>
    public static readonly WorkParameters Parameters = new(
        Duration.FromMillis(400), 6, new Difficulty(400_000));

    /// <summary>The parameters that a protocol needs.</summary>
    public static WorkParameters? For(ConsensusProtocol protocol) =>
        protocol == ConsensusProtocol.Pow ? Parameters : null;
}
