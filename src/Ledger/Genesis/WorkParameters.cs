namespace EnergyNode.Ledger;

/// <summary>What a chain of proof of work is tuned to; docs/spec/pow.md says what each does.</summary>
/// <param name="BlockTime">The mean time between blocks while work waits: 10 ms … 1 h.</param>
/// <param name="Depth">k: a block is final with so many blocks above it, 1 … 64.</param>
/// <param name="InitialDifficulty">Of the first block that is mined.</param>
public sealed record WorkParameters(Duration BlockTime, int Depth, Difficulty InitialDifficulty)
{
    /// <summary>What is wrong, for people; null when all is in range.</summary>
    public string? Problem()
    {
        if (BlockTime.Micros is < Limits.MinBlockTimeMicros or > Limits.MaxBlockTimeMicros)
        {
            return "the block time must be between 10 ms and one hour";
        }

        if (Depth is < 1 or > Limits.MaxFinalDepth)
        {
            return $"the depth of finality must be between 1 and {Limits.MaxFinalDepth}";
        }

        return InitialDifficulty.Hashes is < Limits.MinDifficulty or > Limits.MaxDifficulty
            ? $"the initial difficulty must be between {Limits.MinDifficulty} and {Limits.MaxDifficulty}"
            : null;
    }

    public void Encode(BorshWriter writer)
    {
        writer.I64(BlockTime.Micros);
        writer.U32((uint)Depth);
        writer.I64(InitialDifficulty.Hashes);
    }

    /// <summary>Reads parameters, of any size; <see cref="Problem"/> says whether they are in range.</summary>
    internal static WorkParameters Decode(ref BorshReader reader)
    {
        Duration blockTime = new(reader.I64());
        uint depth = reader.U32();
        return new WorkParameters(blockTime, depth > int.MaxValue ? -1 : (int)depth, new Difficulty(reader.I64()));
    }
}
