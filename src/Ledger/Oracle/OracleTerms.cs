namespace EnergyNode.Ledger;

/// <summary>What oracle operations cost, and how many of them an account may have executed in one epoch.</summary>
/// <param name="Fee">
/// For each operation, out of what was prepaid: 0 to <see cref="Limits.MaxOracleFeeMicro"/>; 0 for nothing.
/// </param>
/// <param name="PerEpoch">0 to <see cref="Limits.MaxOracleOperations"/>; 0 for any number.</param>
public readonly record struct OracleTerms(Money Fee, long PerEpoch)
{
    internal bool IsValid =>
        Fee.Micro is >= 0 and <= Limits.MaxOracleFeeMicro && PerEpoch is >= 0 and <= Limits.MaxOracleOperations;

    internal static OracleTerms Decode(ref BorshReader reader) => new(new Money(reader.I64()), reader.I64());

    internal void Encode(BorshWriter writer)
    {
        writer.I64(Fee.Micro);
        writer.I64(PerEpoch);
    }
}
