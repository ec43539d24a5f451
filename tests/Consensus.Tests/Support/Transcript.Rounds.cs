using System;
using EnergyNode.Consensus.Pos;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Tests.Support;

/// <summary>The words of PoS transcripts; <c>node 0 of stakes 40,30,20,10</c> starts such a one.</summary>
internal sealed partial class Transcript
{
    private ConsensusMessage RoundMessage(int sender, string[] words)
    {
        Height height = At(words[1]);
        return words[0] switch
        {
            "proposal" => RoundProposal(sender, words),
            "prevote" => new ConsensusMessage.Prevote(
                height, ViewOf(words[2]), BallotOf(words[3]), words.Length > 5 ? ViewOf(words[5]) : null),
            "precommit" => new ConsensusMessage.Precommit(height, ViewOf(words[2]), BallotOf(words[3])),
            "polka" => new ConsensusMessage.Polka(Prepared(words[2..]), BlockOf(words[3])),
            _ => throw new FormatException(words[0]),
        };
    }

    /// <summary>
    /// <c>proposal h1 r0 new a b</c>, <c>proposal h1 r0 orphan a</c> or <c>proposal h1 r2 B1 valid r0</c>.
    /// </summary>
    private ConsensusMessage.Proposal RoundProposal(int sender, string[] words)
    {
        ChainTip parent = words[3] == "orphan" ? _tip with { Hash = Hash32.Zero } : _tip;
        Block block = words[3] is "new" or "orphan"
            ? _community.MakeBlock(parent, sender, _now, words[4..])
            : BlockOf(words[3]);
        PreparedCertificate? valid = words.Length > 5 && words[4] == "valid" ? Prepared([words[5], words[3]]) : null;
        NameOf(block);
        return new ConsensusMessage.Proposal(At(words[1]), ViewOf(words[2]), block, valid);
    }

    private Hash32? BallotOf(string word) => word == "nil" ? null : BlockOf(word).Hash;

    private string DescribeOfRound(ConsensusMessage message) => message switch
    {
        ConsensusMessage.Proposal m =>
            $"proposal h{m.Height} r{m.Round} {Describe(m.Block)}{ValidOf(m.Valid?.View)}",
        ConsensusMessage.Prevote m =>
            $"prevote h{m.Height} r{m.Round} {NameOf(m.BlockHash)}{ValidOf(m.ValidRound)}",
        ConsensusMessage.Precommit m => $"precommit h{m.Height} r{m.Round} {NameOf(m.BlockHash)}",
        ConsensusMessage.Polka m =>
            $"polka h{m.Height} r{m.Certificate.View} {NameOf(m.Block)} by {Signers(m.Certificate.Votes)}",
        _ => throw new ArgumentOutOfRangeException(nameof(message)),
    };

    private string Describe(RoundPromise promise) => promise switch
    {
        RoundPromise.Proposed p => $"proposed r{p.Round} {NameOf(p.Block)}",
        RoundPromise.Prevoted p => $"prevoted r{p.Round} {NameOf(p.BlockHash)}{ValidOf(p.ValidRound)}",
        RoundPromise.PrecommittedNil p => $"precommitted r{p.Round} nil",
        RoundPromise.Locked p => $"locked r{p.Round} {NameOf(p.Value.Block)} by {Signers(p.Value.Certificate.Votes)}",
        RoundPromise.LearntValid p =>
            $"learnt valid r{p.Round} {NameOf(p.Value.Block)} by {Signers(p.Value.Certificate.Votes)}",
        _ => throw new ArgumentOutOfRangeException(nameof(promise)),
    };

    private static string ValidOf(View? round) => round is { } valid ? $" valid r{valid}" : "";

    private string NameOf(Hash32? hash) => hash is { } some ? NameOf(some) : "nil";

    private string RoundOf(View view) => _community.Protocol == ConsensusProtocol.Pos ? $"r{view}" : $"v{view}";
}
