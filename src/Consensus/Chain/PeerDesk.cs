using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>Whom to fetch decided blocks from and whom to answer, each peer only so often.</summary>
/// <param name="resendDelay">A peer is asked once in that time, and answered twice.</param>
internal sealed class PeerDesk(int validators, ValidatorIndex? self, Duration resendDelay)
{
    private readonly AheadPeers _ahead = new(validators);
    private readonly PeerLimiter _catchUps = new(validators, resendDelay);
    private readonly PeerLimiter _answers = new(validators, new Duration(resendDelay.Micros / 2));

    public bool AnyAhead(Height own) => _ahead.Any(own);

    public bool MayAnswer(ValidatorIndex peer, Instant now) => _answers.Allow(peer, now);

    /// <summary>A message of a later height: its sender knows the decision that this node lacks.</summary>
    /// <param name="own">The first height that this node does not know to be decided.</param>
    /// <param name="isSure">
    /// Not just a message of the next height, which may have overtaken the last votes of this one.
    /// </param>
    /// <returns>Whether it is to be asked at the next resend.</returns>
    public bool NoteAhead(
        ValidatorIndex peer, Height height, Height own, bool isSure, Instant now, List<ConsensusEffect> effects)
    {
        // R19, POS-18
        if (height <= own || peer == self)
        {
            return false;
        }

        if (isSure || height > own.Next)
        {
            CatchUpFrom(peer, own, now, effects);
            return false;
        }

        _ahead.Note(peer, height);
        return true;
    }

    public void CatchUpFrom(ValidatorIndex peer, Height own, Instant now, List<ConsensusEffect> effects)
    {
        if (_catchUps.Allow(peer, now))
        {
            effects.Add(new ConsensusEffect.CatchUp(peer, own));
        }
    }

    /// <summary>Asks the next one in turn that is ahead, if any is.</summary>
    public void AskNext(Height own, Instant now, List<ConsensusEffect> effects)
    {
        if (_ahead.Take(own) is { } peer)
        {
            CatchUpFrom(peer, own, now, effects);
        }
    }

    /// <summary>Somebody else who signed a certificate, and so has what it speaks of.</summary>
    public ValidatorIndex SignerOf(IReadOnlyList<VoteSignature> votes)
    {
        foreach (VoteSignature vote in votes)
        {
            if (vote.Signer != self)
            {
                return vote.Signer;
            }
        }

        return votes[0].Signer;
    }

    /// <summary>Whom to ask for batches: first <paramref name="first"/>, then one after the other.</summary>
    /// <param name="last">Who was asked last.</param>
    public ValidatorIndex NextToAsk(ValidatorIndex? last, ValidatorIndex first)
    {
        if (last is not { } asked)
        {
            return first;
        }

        int next = (asked.Value + 1) % validators;
        return new ValidatorIndex(next == self?.Value ? (next + 1) % validators : next);
    }

    public void WriteTo(BorshWriter writer)
    {
        _ahead.WriteTo(writer);
        _catchUps.WriteTo(writer);
        _answers.WriteTo(writer);
    }
}
