using System.Collections.Generic;

namespace EnergyNode.Ledger;

/// <summary>What the guardians of an account have asked for.</summary>
/// <param name="Votes">One for a guardian, the latest last.</param>
/// <param name="Key">The key that has enough votes, when <paramref name="Due"/> is set.</param>
/// <param name="Due">When that key becomes the account's; 0 while none has enough votes.</param>
public readonly record struct Recovery(IReadOnlyList<RecoveryVote> Votes, PublicKey Key, Instant Due)
{
    internal void Encode(BorshWriter writer)
    {
        writer.Count(Votes.Count);
        foreach (RecoveryVote vote in Votes)
        {
            writer.AccountId(vote.Guardian);
            writer.PublicKey(vote.Key);
        }

        writer.PublicKey(Key);
        writer.I64(Due.Micros);
    }
}
