namespace EnergyNode.Ledger;

/// <summary>The commands of the governance, tags 50 to 53.</summary>
internal static class GovernanceCommandCodec
{
    private const byte Propose = 50;
    private const byte ApproveProposal = 51;
    private const byte WithdrawApproval = 52;
    private const byte CancelProposal = 53;

    /// <returns>False when the command is not the governance's.</returns>
    public static bool TryEncode(Command command, BorshWriter writer)
    {
        switch (command)
        {
            case Command.Propose c:
                writer.Tag(Propose);
                GovernanceActionCodec.Encode(c.Action, writer);
                writer.I64(c.NotBefore.Micros);
                writer.I64(c.Expires.Micros);
                return true;
            case Command.ApproveProposal c:
                writer.Tag(ApproveProposal);
                writer.I64(c.Proposal.Value);
                return true;
            case Command.WithdrawApproval c:
                writer.Tag(WithdrawApproval);
                writer.I64(c.Proposal.Value);
                return true;
            case Command.CancelProposal c:
                writer.Tag(CancelProposal);
                writer.AccountId(c.Proposer);
                writer.I64(c.Proposal.Value);
                return true;
            default:
                return false;
        }
    }

    /// <returns>Null when the tag is not one of the governance.</returns>
    public static Command? Decode(byte tag, ref BorshReader reader) => tag switch
    {
        Propose => new Command.Propose(
            GovernanceActionCodec.Decode(ref reader), new Instant(reader.I64()), new Instant(reader.I64())),
        ApproveProposal => new Command.ApproveProposal(new ProposalId(reader.I64())),
        WithdrawApproval => new Command.WithdrawApproval(new ProposalId(reader.I64())),
        CancelProposal => new Command.CancelProposal(reader.AccountId(), new ProposalId(reader.I64())),
        _ => null,
    };
}
