namespace EnergyNode.Ledger;

/// <summary>How the governance decides.</summary>
/// <param name="Threshold">
/// m: how many active holders of <see cref="Role.Governance"/> must approve; at least 1, at most as many as there are.
/// </param>
/// <param name="MinLock">The least time between a proposal and its effect, 0 … 30 days of block time.</param>
public readonly record struct GovernanceTerms(int Threshold, Duration MinLock)
{
    /// <summary>One holder decides, from the next close of an epoch on.</summary>
    public static readonly GovernanceTerms Default = new(1, new Duration(0));

    /// <param name="holders">Active holders of the role.</param>
    public LedgerError Check(int holders) =>
        Threshold < 1 || Threshold > holders ? LedgerError.InvalidThreshold
        : MinLock.Micros < 0 || MinLock.Micros > Limits.MaxProposalLock.Micros ? LedgerError.InvalidParameter
        : LedgerError.None;

    internal void Encode(BorshWriter writer)
    {
        writer.I64(Threshold);
        writer.I64(MinLock.Micros);
    }

    internal static GovernanceTerms Decode(ref BorshReader reader) =>
        new((int)reader.I64(0, int.MaxValue), new Duration(reader.I64()));
}
