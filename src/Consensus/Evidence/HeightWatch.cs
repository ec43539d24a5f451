using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Evidence;

/// <summary>Everything that a sentinel knows of one height.</summary>
internal sealed class HeightWatch
{
    /// <summary>The set of the first statement: its members' logs come first, in its order.</summary>
    private ValidatorSet? _members;

    /// <summary>Who spoke and is none of them: of another set at this height, or a stranger. Few, if any.</summary>
    private readonly List<PublicKey> _others = [];
    private SenderLog[] _logs = [];
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
            foreach (ref readonly SenderLog log in _logs.AsSpan())
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
        _members = null;
        _others.Clear();
        Array.Clear(_logs);
    }

    /// <param name="set">That of the height, as far as it is known.</param>
    /// <param name="sender">A member of it or not.</param>
    /// <returns>Valid until another log is asked for.</returns>
    public ref SenderLog LogOf(ValidatorSet set, PublicKey sender)
    {
        int place = PlaceOf(set, sender);
        return ref _logs[place];
    }

    /// <returns>Valid until another log is asked for.</returns>
    public ref SenderLog LogOf(ValidatorSet set, ValidatorIndex sender)
    {
        int place = ReferenceEquals(_members, set) ? sender.Value : PlaceOf(set, set[sender].Key);
        return ref _logs[place];
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
                foreach (SenderLog.Entry entry in LogOf(set, new ValidatorIndex(i)).Entries)
                {
                    _groups.Add(new ValidatorIndex(i), entry);
                }
            }
        }

        return _groups;
    }

    /// <summary>All that is known, by rising sender.</summary>
    public List<(PublicKey Signer, SignedStatement Signed)> Statements()
    {
        List<(PublicKey, SignedStatement)> all = [];
        if (_members is not { } members)
        {
            return all;
        }

        List<PublicKey> rising = [.. _others];
        foreach (Validator validator in members.Validators)
        {
            rising.Add(validator.Key);
        }

        rising.Sort();
        foreach (PublicKey sender in rising)
        {
            foreach (SenderLog.Entry entry in LogOf(members, sender).Entries)
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

    private int PlaceOf(ValidatorSet set, PublicKey sender)
    {
        if (_members is not { } members)
        {
            _members = members = set;
            if (_logs.Length != set.Count)
            {
                _logs = new SenderLog[set.Count];
            }
        }

        if (members.IndexOf(sender) is { } index)
        {
            return index.Value;
        }

        int other = _others.IndexOf(sender);
        if (other < 0)
        {
            other = _others.Count;
            _others.Add(sender);
            if (members.Count + other == _logs.Length)
            {
                Array.Resize(ref _logs, 2 * _logs.Length);
            }
        }

        return members.Count + other;
    }

    /// <summary>More than a third of the heads that spoke are in this view or above.</summary>
    private View Reached()
    {
        List<View> views = new(_logs.Length);
        foreach (ref readonly SenderLog log in _logs.AsSpan())
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
