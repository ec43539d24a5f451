namespace EnergyNode.Consensus.Tests.Support;

/// <summary>What a simulated run does to its validators.</summary>
internal sealed record Chaos(
    int Validators, int Liars, int LossPercent, int DuplicatePercent, int Crashes, int Batches, int Grudges = 8)
{
    /// <summary>Virtual milliseconds until everything heals.</summary>
    public const long HealsAt = 3_000;

    /// <summary>Virtual milliseconds that the healed network has to decide everything.</summary>
    public const long Patience = 60_000;
}
