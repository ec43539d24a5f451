namespace EnergyNode.Ledger;

/// <summary>Where the governance stands, one leaf of the state.</summary>
/// <param name="LastProposal">The last number that was given; 0 for none.</param>
/// <param name="LastDecision">The last number in the table of decisions; 0 for none.</param>
/// <param name="IsMarketPaused">No book takes orders.</param>
/// <param name="ProtocolVersion">What the software must know from <paramref name="UpgradeHeight"/> on.</param>
/// <param name="UpgradeHeight">Of the last upgrade that was decided; 0 while there was none.</param>
public readonly record struct GovernanceStatus(
    GovernanceTerms Terms,
    ProposalId LastProposal,
    long LastDecision,
    bool IsMarketPaused,
    int ProtocolVersion,
    Height UpgradeHeight)
{
    /// <summary>The protocol of consensus that comes next; null when none is decided.</summary>
    public ConsensusChange? Change { get; init; }

    /// <summary>Whether this software can execute a block of a height.</summary>
    public bool IsKnownAt(Height height) => height < UpgradeHeight || ProtocolVersion <= Ledger.ProtocolVersion.Known;

    internal void Encode(BorshWriter writer)
    {
        Terms.Encode(writer);
        writer.I64(LastProposal.Value);
        writer.I64(LastDecision);
        writer.Bool(IsMarketPaused);
        writer.I64(ProtocolVersion);
        writer.I64(UpgradeHeight.Value);
        writer.Option(Change is not null);
        Change?.Encode(writer);
    }
}
