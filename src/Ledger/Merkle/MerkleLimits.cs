namespace EnergyNode.Ledger;

/// <summary>Bounds of the authenticated structures, with the arithmetic behind them.</summary>
public static class MerkleLimits
{
    /// <summary>
    /// Bytes of a state key: a tag and two labels of 32 (1 + 32 + 1 + 32 = 66) or a label and a hash fit.
    /// </summary>
    public const int MaxKeyLength = 96;

    /// <summary>
    /// Bytes of a state value, 1 MiB; a window of 1,024 nonces takes 16 KiB, the largest value in use.
    /// </summary>
    public const int MaxValueLength = 1 << 20;

    /// <summary>A key byte is read as 9 bits (see docs/spec/merkle.md), so indices are 0 to 9 × 96 − 1 = 863.</summary>
    public const int MaxBitIndex = KeyBits.PerByte * MaxKeyLength - 1;

    /// <summary>Indices grow along a path and 0 never occurs: at most 863 steps of 34 bytes, 29,342 bytes.</summary>
    public const int MaxPathLength = MaxBitIndex;

    /// <summary>Leaves of a list tree: 2²⁴, far above the batches or commands of one block.</summary>
    public const int MaxListLeaves = 1 << 24;

    /// <summary>Audit path of a list tree: log₂ of <see cref="MaxListLeaves"/>.</summary>
    public const int MaxListPathLength = 24;
}
