using System.Collections.Generic;

namespace EnergyNode.Ledger;

/// <summary>
/// Guardians give an account a new key: when enough of them want the same one, it waits for a veto of the account's
/// present key and then replaces it. More than half are needed, so that no two keys have enough votes.
/// </summary>
/// <param name="now">The time of the block.</param>
public sealed class RecoveryRules(LedgerState state, KeyRules keys, Instant now)
{
    public LedgerError Vote(AccountId signer, Command.VoteRecovery command)
    {
        if (!state.Users.Contains(command.Voter) || !state.Users.Contains(command.Account))
        {
            return LedgerError.UserNotFound;
        }

        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        return command.InFavour ? VoteFor(command) : VoteAgainst(command);
    }

    /// <summary>Installs the keys that have waited long enough, in the order of accounts.</summary>
    public void CompleteDue()
    {
        foreach (AccountId account in state.Recoveries.Count == 0 ? [] : state.Recoveries.Keys)
        {
            Recovery recovery = state.Recoveries[account];
            if (recovery.Due.Micros == 0 || now < recovery.Due)
            {
                continue;
            }

            state.Recoveries.Remove(account);
            if (keys.CheckNew(recovery.Key) == LedgerError.None)
            {
                keys.Install(account, recovery.Key);
            }
        }
    }

    private LedgerError VoteFor(Command.VoteRecovery command)
    {
        LedgerError refusal = keys.CheckNew(command.Key);
        if (refusal == LedgerError.KeyAlreadyUsed)
        {
            return refusal;
        }

        if (!state.Circles.TryGet(new CircleOf(command.Account, CircleKind.Guardians), out Circle guardians)
            || guardians.IndexOf(command.Voter) < 0)
        {
            return LedgerError.NotInCircle;
        }

        if (refusal != LedgerError.None)
        {
            return refusal;
        }

        RecoveryVote vote = new(command.Voter, command.Key);
        IReadOnlyList<RecoveryVote> before = VotesFor(command.Account);
        List<RecoveryVote> votes = new(before.Count + 1);
        foreach (RecoveryVote earlier in before)
        {
            if (earlier == vote)
            {
                return LedgerError.AlreadyApproved;
            }

            if (earlier.Guardian != vote.Guardian)
            {
                votes.Add(earlier);
            }
        }

        votes.Add(vote);
        Record(command.Account, votes, guardians);
        return LedgerError.None;
    }

    private LedgerError VoteAgainst(Command.VoteRecovery command)
    {
        bool veto = command.Voter == command.Account;
        bool known = state.Circles.TryGet(new CircleOf(command.Account, CircleKind.Guardians), out Circle guardians);
        if (!veto && (!known || guardians.IndexOf(command.Voter) < 0))
        {
            return LedgerError.NotInCircle;
        }

        IReadOnlyList<RecoveryVote> before = VotesFor(command.Account);
        List<RecoveryVote> votes = new(before.Count);
        foreach (RecoveryVote vote in before)
        {
            if (vote.Key != command.Key || (!veto && vote.Guardian != command.Voter))
            {
                votes.Add(vote);
            }
        }

        if (votes.Count == before.Count)
        {
            return LedgerError.RecoveryNotFound;
        }

        Record(command.Account, votes, guardians);
        return LedgerError.None;
    }

    private IReadOnlyList<RecoveryVote> VotesFor(AccountId account) =>
        state.Recoveries.TryGet(account, out Recovery recovery) ? recovery.Votes : [];

    /// <summary>The delay starts when a key gets enough votes, and anew when it has lost them in between.</summary>
    private void Record(AccountId account, List<RecoveryVote> votes, Circle guardians)
    {
        if (votes.Count == 0)
        {
            state.Recoveries.Remove(account);
            return;
        }

        Recovery before = state.Recoveries.GetOrDefault(account);
        Recovery after = new(votes, default, default);
        foreach (RecoveryVote candidate in votes)
        {
            int count = 0;
            foreach (RecoveryVote vote in votes)
            {
                count += vote.Key == candidate.Key ? 1 : 0;
            }

            if (count >= guardians.Threshold)
            {
                bool waits = before.Due.Micros != 0 && before.Key == candidate.Key;
                after = new Recovery(votes, candidate.Key, waits ? before.Due : now.Plus(guardians.Delay));
            }
        }

        state.Recoveries.Set(account, after);
    }
}
