using System.Collections.Generic;

namespace EnergyNode.Ledger;

/// <summary>Accounts of which some together decide for another.</summary>
/// <param name="Threshold">How many of them it takes.</param>
/// <param name="Delay">For guardians: how long a new key waits for a veto.</param>
/// <param name="Accounts">In the order of names.</param>
/// <param name="Pending">For members: operations that wait for approvals.</param>
public readonly record struct Circle(int Threshold, Duration Delay, IReadOnlyList<AccountId> Accounts, int Pending)
{
    /// <summary>The account's number in the circle, or −1.</summary>
    public int IndexOf(AccountId account)
    {
        for (int i = 0; i < Accounts.Count; i++)
        {
            if (Accounts[i] == account)
            {
                return i;
            }
        }

        return -1;
    }

    internal void Encode(BorshWriter writer)
    {
        writer.U8((byte)Threshold);
        writer.I64(Delay.Micros);
        writer.Count(Accounts.Count);
        foreach (AccountId account in Accounts)
        {
            writer.AccountId(account);
        }

        writer.I64(Pending);
    }
}
