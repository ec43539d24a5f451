namespace EnergyNode.Ledger;

/// <summary>When a decided change of the validator set takes effect (STAKE-1, STAKE-2).</summary>
/// <param name="EpochHeights">
/// A set epoch ends after so many heights when no market epoch closes before: 1 to <see
/// cref="Limits.MaxSetEpochHeights"/>.
/// </param>
/// <param name="Window">
/// Heights between the decision and the border, 1 to <see cref="Limits.MaxSetWindow"/>: at least the heights in flight.
/// </param>
public readonly record struct SetTiming(int EpochHeights, int Window)
{
    /// <summary>For chains that say nothing else.</summary>
    public static readonly SetTiming Default = new(64, GenesisBlock.DefaultConsensusWindow);

    internal string? Problem() =>
        EpochHeights is < 1 or > Limits.MaxSetEpochHeights
            ? $"a set epoch must have 1 to {Limits.MaxSetEpochHeights} heights"
            : Window is < 1 or > Limits.MaxSetWindow
                ? $"the window of set changes must be 1 to {Limits.MaxSetWindow} heights"
                : null;

    internal void Encode(BorshWriter writer)
    {
        writer.I64(EpochHeights);
        writer.I64(Window);
    }
}
