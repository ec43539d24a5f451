using System.Collections.Generic;
using System.Linq;

namespace EnergyNode.Ledger;

/// <content>Keys, and who decides together with others.</content>
public abstract partial record Command
{
    /// <summary>Replaces the account's key, which is never used again. By the owner.</summary>
    public sealed record RotateKey(AccountId Account, PublicKey Key) : Command;

    /// <summary>
    /// Takes the account's key away for good, until its guardians give it another. By the owner or an authority.
    /// </summary>
    public sealed record RevokeKey(AccountId Account) : Command;

    /// <summary>
    /// Sets who acts for the account, or who may recover it; no accounts end the circle. By the owner.
    /// </summary>
    /// <param name="Threshold">1 … n of members, more than half of guardians; 0 with none.</param>
    /// <param name="Delay">60 s … 30 days for guardians, else 0.</param>
    /// <param name="Accounts">At most 16 others, in the order of names.</param>
    public sealed record SetCircle(
        AccountId Account, CircleKind Kind, int Threshold, Duration Delay, IReadOnlyList<AccountId> Accounts) : Command
    {
        /// <summary>By the accounts in the list, not by the list.</summary>
        public bool Equals(SetCircle? other) =>
            other is not null && Account == other.Account && Kind == other.Kind && Threshold == other.Threshold
            && Delay == other.Delay && Accounts.SequenceEqual(other.Accounts);

        public override int GetHashCode() => Account.GetHashCode();
    }

    /// <summary>
    /// Approves an operation of a shared account, which is executed with the approval that completes it. By a member.
    /// </summary>
    /// <param name="ValidUntil">The last block time for it, at most 7 days ahead; part of what is approved.</param>
    public sealed record ApproveOperation(
        AccountId Member, AccountId Account, Instant ValidUntil, Command Operation) : Command;

    /// <summary>
    /// For or against a new key of an account. By a guardian, whose later vote replaces the earlier one, or against it
    /// by the account itself, as a veto.
    /// </summary>
    public sealed record VoteRecovery(AccountId Voter, AccountId Account, PublicKey Key, bool InFavour) : Command;
}
