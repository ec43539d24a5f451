using System.Collections.Generic;
using System.Linq;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>
/// Watches the other validators for what proves nothing: silence, missed and late votes, wrong clocks, batches that
/// are passed over, claims that were not seen, and addresses with many keys. Its points decide whom to ask first, and
/// nothing else. Pure: time comes in.
/// </summary>
public sealed class Suspicions
{
    private readonly PublicKey _self;
    private readonly List<PeerWatch> _peers = [];
    private readonly Dictionary<PublicKey, PeerWatch> _byKey = [];
    private readonly VoteTimes _votes;
    private readonly AddressWatch _addresses = new();
    private readonly Queue<Hash32> _seen = new();
    private readonly HashSet<Hash32> _seenSet = [];
    private readonly FailureDetectorSettings _settings;
    private ValidatorSet _set;

    /// <summary>Of each peer when the preference was made.</summary>
    private int[] _points = [];
    private PeerPreference? _preference;
    private Instant _blockTime;
    private Instant _forgot;

    public Suspicions(ValidatorSet set, PublicKey self, FailureDetectorSettings settings)
    {
        _self = self;
        _settings = settings;
        _set = set;
        _votes = new VoteTimes(set);
        Adopt(set);
    }

    public void Connected(PublicKey peer, Instant now)
    {
        if (_byKey.TryGetValue(peer, out PeerWatch? watch))
        {
            watch.Connected = true;
            watch.Detector.Heard(now);
        }
    }

    /// <summary>Counts as unreachable at once.</summary>
    public void Disconnected(PublicKey peer)
    {
        if (_byKey.TryGetValue(peer, out PeerWatch? watch))
        {
            watch.Connected = false;
            watch.Detector.Pause();
        }
    }

    public void Beat(PublicKey peer, Instant now) => _byKey.GetValueOrDefault(peer)?.Beat(now);

    public void ClientLinked(string address) => _addresses.Linked(address);

    public void ClientUnlinked(string address) => _addresses.Unlinked(address);

    public void StrangerRefused(string address) => _addresses.Refused(address);

    public void PassedOver(PublicKey proposer)
    {
        if (_byKey.TryGetValue(proposer, out PeerWatch? watch))
        {
            watch.PassedOver++;
        }
    }

    /// <summary>A verified message. The node's own ones say nothing.</summary>
    public void Heard(SignedMessage message, Instant now)
    {
        if (!_set.Contains(message.Sender))
        {
            return;
        }

        PublicKey sender = _set[message.Sender].Key;
        if (sender == _self)
        {
            return;
        }

        switch (message.Message)
        {
            case ConsensusMessage.Prepare or ConsensusMessage.Commit
                or ConsensusMessage.Prevote or ConsensusMessage.Precommit:
                _votes.Voted(message.Message.Height, message.Sender, now);
                break;
            case ConsensusMessage.PrePrepare proposal:
                See(proposal.Block.Hash);
                Time(sender, isFresh: true, proposal.Block, now);
                break;
            case ConsensusMessage.OpenView opened:
                CheckClaims(opened.Proof);
                break;
            case ConsensusMessage.Proposal proposal:
                See(proposal.Block.Hash);
                Time(sender, proposal.Valid is null && proposal.Round == View.Zero, proposal.Block, now);
                break;
            case ConsensusMessage.ViewChange change:
                foreach (PreparedBlock? prepared in change.Prepared)
                {
                    See(prepared?.Block.Hash ?? Hash32.Zero);
                }

                break;
        }
    }

    /// <summary>A block was executed: the votes of an earlier one are all there that will be.</summary>
    public void Applied(ChainHead head)
    {
        _blockTime = head.Time;
        Height judged = new(head.Height.Value - SuspicionLimits.HeightsAwaited);
        if (_votes.Take(judged) is { } votes)
        {
            Judge(votes);
            _votes.Reuse(votes);
        }

        if (head.Validators.Hash != _set.Hash)
        {
            _set = head.Validators;
            Adopt(_set);
        }
    }

    private void Judge(Instant?[] votes)
    {
        List<Instant> times = new(votes.Length);
        foreach (Instant? vote in votes)
        {
            if (vote is { } at)
            {
                times.Add(at);
            }
        }

        if (times.Count * 2 > _peers.Count)
        {
            Instant median = VoteTimes.Median(times);
            foreach (PeerWatch watch in _peers)
            {
                watch.Judge(votes[_set.IndexOf(watch.Validator.Key)!.Value.Value]?.Since(median));
            }
        }
    }

    /// <summary>Half of what was counted is forgotten each half-life; to be called now and then.</summary>
    public void Advance(Instant now)
    {
        if (now.Since(_forgot).Micros >= SuspicionLimits.HalfLife.Micros)
        {
            _forgot = now;
            _peers.ForEach(watch => watch.Forget());
            _addresses.Forget();
        }
    }

    /// <summary>Whom to ask, the least suspected first; among equals the order of the validator set.</summary>
    /// <returns>The same object while nothing changes.</returns>
    public PeerPreference Preference(Instant now)
    {
        bool isNew = false;
        for (int i = 0; i < _peers.Count; i++)
        {
            int points = _peers[i].Points(now);
            isNew |= points != _points[i];
            _points[i] = points;
        }

        if (_preference is null || isNew)
        {
            List<PublicKey> ranked = new(_peers.Count);
            foreach (int at in Enumerable.Range(0, _peers.Count).OrderBy(at => _points[at]))
            {
                ranked.Add(_peers[at].Validator.Key);
            }

            _preference = new PeerPreference(ranked, _points.Count(points => points == 0));
        }

        return _preference;
    }

    public SuspicionReport Report(Instant now) =>
        new(_peers.ConvertAll(watch => watch.Report(now)), _addresses.Report());

    /// <summary>Only a proposer's own time tells of its clock: the least after the parent's does not.</summary>
    private void Time(PublicKey sender, bool isFresh, Block block, Instant now)
    {
        if (isFresh && sender == block.Header.Proposer && _byKey.TryGetValue(sender, out PeerWatch? watch)
            && block.Header.Time.Micros > _blockTime.Micros + 1)
        {
            watch.Timed(block.Header.Time.Since(now));
        }
    }

    private void CheckClaims(NewViewProof proof)
    {
        foreach (ViewChangeVote vote in proof.Votes)
        {
            bool unseen = vote.Prepared.Any(claim => claim is not null && !_seenSet.Contains(claim.BlockHash));
            if (unseen && _set.Contains(vote.Signer)
                && _byKey.TryGetValue(_set[vote.Signer].Key, out PeerWatch? watch))
            {
                watch.UnseenClaims++;
            }
        }
    }

    private void See(Hash32 block)
    {
        if (_seenSet.Add(block))
        {
            _seen.Enqueue(block);
            if (_seen.Count > SuspicionLimits.SeenBlocks)
            {
                _seenSet.Remove(_seen.Dequeue());
            }
        }
    }

    private void Adopt(ValidatorSet set)
    {
        Dictionary<PublicKey, PeerWatch> known = new(_byKey);
        _peers.Clear();
        _byKey.Clear();
        foreach (Validator validator in set.Validators)
        {
            if (validator.Key != _self)
            {
                PeerWatch watch = known.GetValueOrDefault(validator.Key) ?? new PeerWatch(validator, _settings);
                _peers.Add(watch);
                _byKey.Add(validator.Key, watch);
            }
        }

        _votes.Adopt(set);
        _points = new int[_peers.Count];
        _preference = null;
    }
}
