using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Evidence;

/// <summary>Everything that a sentinel knows of one height.</summary>
/// <param name="expected">How many validators will speak of it, more or less.</param>
internal sealed class HeightWatch(int expected)
{
    /// <summary>Only for finding, and for what does not depend on the order.</summary>
    private readonly Dictionary<PublicKey, int> _senders = new(expected);
    private SenderLog[] _logs = new SenderLog[expected];

    /// <summary>Where the logs of <see cref="_members"/> are, from 1 on: each vote asks for one.</summary>
    private int[] _places = [];
    private ValidatorSet? _members;
    private readonly List<(PublicKey Sender, SignedStatement Proposal, Block Block)> _proposals = [];
    private readonly List<FaultEvidence> _waiting = [];
    private DigestGroups? _groups;

    public Height Height { get; private set; }

    /// <summary>Null while the height before is not executed.</summary>
    public ValidatorSet? Set { get; set; }

    /// <summary>Gossip rounds in which its digests are still to be told.</summary>
    public int Tellings { get; set; }

    /// <summary>In the list of those to be told.</summary>
    public bool IsDue { get; set; }

    /// <summary>Somebody is above view 0: here statements are fetched even if nothing contradicts them yet.</summary>
    public bool IsContested { get; private set; }

    /// <summary>Views changed here, or somebody lied: an inquiry will need what was said.</summary>
    public bool IsRemarkable
    {
        get
        {
            bool isAccused = false;
            foreach (ref SenderLog log in Logs)
            {
                isAccused |= log.IsAccused;
            }

            return IsContested || isAccused;
        }
    }

    public IReadOnlyList<(PublicKey Sender, SignedStatement Proposal, Block Block)> Proposals => _proposals;

    /// <summary>From now on it is of this height, of which nothing is known.</summary>
    public void Begin(Height height, ValidatorSet? set)
    {
        Height = height;
        Set = set;
        Tellings = 0;
        IsContested = false;
        _groups = null;
        _proposals.Clear();
        _waiting.Clear();
        foreach (ref SenderLog log in Logs)
        {
            log.Clear();
        }
    }

    /// <summary>Somebody is kept here who has no place in a set.</summary>
    public bool KnowsOthersThan(ValidatorSet set) => _senders.Count > set.Count || Set?.Hash != set.Hash;

    /// <returns>Valid until another log is asked for.</returns>
    public ref SenderLog LogOf(PublicKey sender) => ref _logs[PlaceOf(sender)];

    /// <returns>Valid until another log is asked for.</returns>
    public ref SenderLog LogOf(ValidatorSet set, ValidatorIndex sender)
    {
        if (!ReferenceEquals(_members, set))
        {
            _members = set;
            _places = new int[set.Count];
        }

        ref int place = ref _places[sender.Value];
        if (place == 0)
        {
            place = PlaceOf(set[sender].Key) + 1;
        }

        return ref _logs[place - 1];
    }

    /// <summary>Remembers a statement.</summary>
    /// <returns>What it proves together with earlier ones; most often nothing.</returns>
    public IReadOnlyList<FaultEvidence> Add(
        ValidatorSet set, ValidatorIndex sender, ReadStatement statement, SignedStatement signed)
    {
        ref SenderLog log = ref LogOf(set, sender);
        Promise promise = statement.Promise;
        SenderLog.Entry? known = log.Find(promise.Tag, promise.View);
        if (known is { } before && IsSame(before.Promise, promise))
        {
            return [];
        }

        List<FaultEvidence>? found = null;
        foreach (SenderLog.Entry entry in log.Entries)
        {
            // E10
            if (Contradiction.Between(entry.Promise, promise) is not null
                && FaultEvidence.Of(set[sender].Key, entry.Signed, signed) is { } evidence)
            {
                (found ??= []).Add(evidence);
            }
        }

        if (known is null)
        {
            Remember(set, sender, ref log, new SenderLog.Entry(statement, signed));
        }

        return found ?? (IReadOnlyList<FaultEvidence>)[];
    }

    /// <summary>Whether a sender is known to have promised just this.</summary>
    public bool Knows(ValidatorSet set, ValidatorIndex sender, Promise promise) =>
        LogOf(set, sender).Find(promise.Tag, promise.View) is { } known && IsSame(known.Promise, promise);

    private static bool IsSame(Promise known, Promise promise) => ReferenceEquals(known, promise) || known == promise;

    private void Remember(ValidatorSet set, ValidatorIndex sender, ref SenderLog log, SenderLog.Entry entry)
    {
        log.Add(entry);
        if (log.IsOverfull)
        {
            log.Drop(Reached());
            _groups = null;
        }
        else if (_groups is { } groups && PlaceIn(groups.Set, set, sender) is { } index)
        {
            groups.Add(index, entry);
        }

        IsContested |= entry.Promise.View > View.Zero;
        Tellings = Limits.DigestTellings;
    }

    private static ValidatorIndex? PlaceIn(ValidatorSet wanted, ValidatorSet set, ValidatorIndex member) =>
        ReferenceEquals(wanted, set) ? member : wanted.IndexOf(set[member].Key);

    /// <summary>What each of the set's members said, by what was said.</summary>
    public DigestGroups GroupsOf(ValidatorSet set)
    {
        if (_groups is null || !ReferenceEquals(_groups.Set, set))
        {
            _groups = new DigestGroups(set);
            for (int i = 0; i < set.Count; i++)
            {
                if (_senders.TryGetValue(set[new ValidatorIndex(i)].Key, out int place))
                {
                    foreach (SenderLog.Entry entry in _logs[place].Entries)
                    {
                        _groups.Add(new ValidatorIndex(i), entry);
                    }
                }
            }
        }

        return _groups;
    }

    /// <summary>All that is known, by rising sender.</summary>
    public List<(PublicKey Signer, SignedStatement Signed)> Statements()
    {
        List<(PublicKey, SignedStatement)> all = [];
        List<PublicKey> rising = [.. _senders.Keys];
        rising.Sort();
        foreach (PublicKey sender in rising)
        {
            foreach (SenderLog.Entry entry in _logs[_senders[sender]].Entries)
            {
                all.Add((sender, entry.Signed));
            }
        }

        return all;
    }

    public void AddProposal(PublicKey sender, SignedStatement proposal, Block block)
    {
        bool isKnown = _proposals.Exists(known => known.Sender == sender && known.Block.Hash == block.Hash);
        if (!isKnown && _proposals.Count < Limits.MaxWatchedProposals)
        {
            _proposals.Add((sender, proposal, block));
        }
    }

    /// <summary>Keeps what cannot be judged before the set is known.</summary>
    public void Wait(FaultEvidence evidence)
    {
        if (_waiting.Count < Limits.MaxWaitingEvidence)
        {
            _waiting.Add(evidence);
        }
    }

    public List<FaultEvidence> TakeWaiting()
    {
        List<FaultEvidence> taken = [.. _waiting];
        _waiting.Clear();
        return taken;
    }

    private Span<SenderLog> Logs => _logs.AsSpan(0, _senders.Count);

    private int PlaceOf(PublicKey sender)
    {
        if (!_senders.TryGetValue(sender, out int place))
        {
            place = _senders.Count;
            _senders.Add(sender, place);
            if (place == _logs.Length)
            {
                Array.Resize(ref _logs, 2 * place);
            }
        }

        return place;
    }

    /// <summary>More than a third of the heads that spoke are in this view or above.</summary>
    private View Reached()
    {
        List<View> views = new(_senders.Count);
        foreach (ref SenderLog log in Logs)
        {
            if (!log.IsEmpty)
            {
                views.Add(log.HighestView);
            }
        }

        views.Sort();
        return views[^((views.Count + 2) / 3)];
    }
}
