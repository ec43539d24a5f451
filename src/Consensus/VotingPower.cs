using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>
/// Weighs votes of one validator set. 100 powers of 63 bits sum up to 70 bits, so 128 bits are plenty.
/// </summary>
public sealed class VotingPower
{
    private readonly ValidatorSet _set;

    /// <exception cref="OverflowException">A power is negative: no decoded set has such.</exception>
    public VotingPower(ValidatorSet set, QuorumRule rule)
    {
        _set = set;
        Rule = rule;
        for (int i = 0; i < set.Count; i++)
        {
            Total += Of(new ValidatorIndex(i));
        }
    }

    public QuorumRule Rule { get; }

    public Hash32 SetHash => _set.Hash;

    public UInt128 Total { get; }

    /// <summary>The least weight that is a quorum.</summary>
    public UInt128 Quorum => Rule == QuorumRule.Heads ? (UInt128)_set.Quorum : (Total * 2 / 3) + 1;

    /// <summary>The most weight that may be faulty: less than a third of the total.</summary>
    public UInt128 MaxFaulty => Rule == QuorumRule.Heads ? (UInt128)_set.MaxFaulty : (Total - 1) / 3;

    public int Validators => _set.Count;

    public UInt128 Of(ValidatorIndex validator) => Rule == QuorumRule.Heads ? 1 : (UInt128)_set[validator].Power;

    /// <summary>Two sets of this weight share an honest validator.</summary>
    public bool IsQuorum(UInt128 power) =>
        Rule == QuorumRule.Heads ? power >= (UInt128)_set.Quorum : power * 3 > Total * 2;

    /// <summary>Not all of a set of this weight are faulty.</summary>
    public bool IncludesHonest(UInt128 power) =>
        Rule == QuorumRule.Heads ? power > (UInt128)_set.MaxFaulty : power * 3 > Total;

    /// <param name="votes">By distinct validators of the set.</param>
    public bool IsQuorum(IReadOnlyList<VoteSignature> votes)
    {
        UInt128 power = 0;
        foreach (VoteSignature vote in votes)
        {
            power += Of(vote.Signer);
        }

        return IsQuorum(power);
    }

    public static QuorumRule RuleOf(ConsensusProtocol protocol) => protocol switch
    {
        ConsensusProtocol.Pbft => QuorumRule.Heads,
        ConsensusProtocol.Pos => QuorumRule.Power,
        ConsensusProtocol.Pow => QuorumRule.Heads,
        _ => throw new ArgumentOutOfRangeException(nameof(protocol)),
    };
}
