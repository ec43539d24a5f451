using System.Collections.Generic;

namespace EnergyNode.Ledger;

/// <summary>What somebody of the governance wants decided.</summary>
/// <param name="NotBefore">The time lock: no block before this time makes it effective.</param>
/// <param name="Expires">No block after this time makes it effective.</param>
/// <param name="Approvals">Accounts in the order of their approvals, none twice; the proposer's first.</param>
public readonly record struct Proposal(
    GovernanceAction Action,
    AccountId Proposer,
    Instant NotBefore,
    Instant Expires,
    IReadOnlyList<AccountId> Approvals)
{
    public bool IsApprovedBy(AccountId account)
    {
        foreach (AccountId one in Approvals)
        {
            if (one == account)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads one; the caller checks <see cref="BorshReader.Ok"/> before it uses the result.</summary>
    public static Proposal Decode(ref BorshReader reader)
    {
        GovernanceAction action = GovernanceActionCodec.Decode(ref reader);
        AccountId proposer = reader.AccountId();
        Instant notBefore = new(reader.I64());
        Instant expires = new(reader.I64());
        AccountId[] approvals = new AccountId[reader.Count(Limits.MaxApprovals)];
        for (int at = 0; at < approvals.Length; at++)
        {
            approvals[at] = reader.AccountId();
        }

        return new Proposal(action, proposer, notBefore, expires, approvals);
    }

    internal void Encode(BorshWriter writer)
    {
        GovernanceActionCodec.Encode(Action, writer);
        writer.AccountId(Proposer);
        writer.I64(NotBefore.Micros);
        writer.I64(Expires.Micros);
        writer.Count(Approvals.Count);
        foreach (AccountId account in Approvals)
        {
            writer.AccountId(account);
        }
    }
}
