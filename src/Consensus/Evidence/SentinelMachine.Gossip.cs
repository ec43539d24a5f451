using System;
using System.Collections.Generic;
using System.Numerics;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Evidence;

/// <summary>The exchange of digests: whoever sees that a peer knows another statement asks for it.</summary>
public sealed partial class SentinelMachine
{
    private readonly SortedDictionary<PublicKey, int> _answered = [];
    private readonly SortedDictionary<PublicKey, int> _asked = [];
    private readonly SortedDictionary<PublicKey, int> _expected = [];

    /// <summary>Heights of which there is something to tell.</summary>
    private readonly List<HeightWatch> _due = [];

    /// <summary>The last ones, by telling.</summary>
    private readonly Watchers?[] _watchers = new Watchers?[Limits.DigestTellings];

    /// <summary>The last digests that asked for nothing; empty when something was heard since.</summary>
    private ReadOnlyMemory<byte> _agreed;

    private void OnTick()
    {
        // E13
        _answered.Clear();
        _asked.Clear();
        int left = Limits.MaxDigestGroups * Limits.MaxDigestFrames;
        List<(Watchers Watchers, List<GossipCodec.Group> Groups)> rounds = [];
        _due.Sort(static (one, other) => one.Height.CompareTo(other.Height));
        foreach (HeightWatch watch in _due)
        {
            if (watch.Tellings > 0 && watch.Set is { } set)
            {
                List<GossipCodec.Group> told = watch.GroupsOf(set).At(watch.Height);
                if (rounds.Count > 0 && told.Count > left)
                {
                    break;
                }

                left -= told.Count;
                GroupsFor(rounds, set, watch.Height, Limits.DigestTellings - watch.Tellings).AddRange(told);
                watch.Tellings--;
                if (watch.Tellings == 0 && watch.IsRemarkable)
                {
                    // E19
                    _effects.Add(new SentinelEffect.Keep(StatementRecord.Encode(watch.Statements())));
                }
            }
        }

        _due.ForEach(static watch => watch.IsDue = watch.Tellings > 0);
        _due.RemoveAll(static watch => !watch.IsDue);
        foreach ((Watchers watchers, List<GossipCodec.Group> groups) in rounds)
        {
            Tell(watchers, groups);
        }
    }

    private List<GossipCodec.Group> GroupsFor(
        List<(Watchers Watchers, List<GossipCodec.Group> Groups)> rounds, ValidatorSet set, Height height, int telling)
    {
        foreach ((Watchers watchers, List<GossipCodec.Group> groups) in rounds)
        {
            if (watchers.IsOf(set, height, telling))
            {
                return groups;
            }
        }

        ref Watchers? last = ref _watchers[telling];
        if (last?.IsOf(set, height, telling) != true)
        {
            last = Watchers.Of(set, height, telling);
        }

        List<GossipCodec.Group> added = [];
        rounds.Add((last, added));
        return added;
    }

    private void Tell(Watchers watchers, List<GossipCodec.Group> groups)
    {
        for (int i = 0; i < groups.Count && i < Limits.MaxDigestGroups * Limits.MaxDigestFrames;
            i += Limits.MaxDigestGroups)
        {
            int count = groups.Count - i < Limits.MaxDigestGroups ? groups.Count - i : Limits.MaxDigestGroups;
            _effects.Add(new SentinelEffect.Tell(
                watchers.Keys, SentinelFrame.Digests, GossipCodec.Digests(groups.GetRange(i, count))));
        }
    }

    private void OnFrame(SentinelInput.FromPeer frame)
    {
        switch (frame.Kind)
        {
            case SentinelFrame.Digests:
                OnDigestFrame(frame.Peer, frame.Bytes);

                break;
            case SentinelFrame.Request:
                if (GossipCodec.ReadRequest(frame.Bytes.Span) is { } keys)
                {
                    OnRequest(frame.Peer, keys);
                }

                break;
            case SentinelFrame.Statements:
                if (GossipCodec.ReadStatements(frame.Bytes.Span) is { } statements)
                {
                    OnStatements(frame.Peer, statements);
                }

                break;
        }
    }

    /// <summary>Most peers tell the same: what asked for nothing asks for nothing again, if nothing was heard since.
    /// </summary>
    private void OnDigestFrame(PublicKey peer, ReadOnlyMemory<byte> bytes)
    {
        if (!_agreed.IsEmpty && bytes.Span.SequenceEqual(_agreed.Span))
        {
            return;
        }

        if (GossipCodec.ReadDigests(bytes.Span) is { } groups && !OnDigests(peer, groups))
        {
            _agreed = bytes;
        }
    }

    /// <returns>Whether anything is wanted.</returns>
    private bool OnDigests(PublicKey peer, List<GossipCodec.Group> groups)
    {
        // E14
        List<StatementKey> wanted = [];
        foreach (GossipCodec.Group group in groups)
        {
            if (!_heights.TryGetValue(group.Height, out HeightWatch? watch) || watch.Set is not { } set)
            {
                continue;
            }

            AddWanted(watch, set, group, wanted);
        }

        if (wanted.Count > 0 && Allow(_asked, peer))
        {
            _expected[peer] = wanted.Count;
            _effects.Add(new SentinelEffect.Send(peer, SentinelFrame.Request, GossipCodec.Request(wanted)));
        }

        return wanted.Count > 0;
    }

    /// <summary>Looks only at those of whom this very statement is not known.</summary>
    private void AddWanted(
        HeightWatch watch, ValidatorSet set, in GossipCodec.Group group, List<StatementKey> wanted)
    {
        byte[]? known = watch.GroupsOf(set).SignersOf(group.Tag, group.View, group.Digest);
        for (int i = 0; i < group.Senders.Length && wanted.Count < Limits.MaxStatementsPerFrame; i++)
        {
            int news = group.Senders[i] & ~(known is not null && i < known.Length ? known[i] : 0);
            for (; news != 0 && wanted.Count < Limits.MaxStatementsPerFrame; news &= news - 1)
            {
                ValidatorIndex sender = new((8 * i) + BitOperations.TrailingZeroCount(news));
                if (set.Contains(sender) && Wants(watch, set, sender, group))
                {
                    wanted.Add(new StatementKey(group.Height, group.Tag, group.View, sender));
                }
            }
        }
    }

    /// <summary>
    /// A statement that contradicts the one known, or one that is not known at all, where it is not on its way: the
    /// height is executed, or views change. Others who know the contrary may have told only this one, too.
    /// </summary>
    private bool Wants(HeightWatch watch, ValidatorSet set, ValidatorIndex sender, in GossipCodec.Group group)
    {
        ref SenderLog log = ref watch.LogOf(set, sender);
        return log.Find(group.Tag, group.View) is { } known
            ? !log.IsAccused && known.Digest != group.Digest
            : group.Height <= _applied || watch.IsContested || group.View > View.Zero;
    }

    private void OnRequest(PublicKey peer, List<StatementKey> keys)
    {
        // E15
        List<(ValidatorIndex Sender, SignedStatement Signed)> found = [];
        foreach (StatementKey key in keys)
        {
            if (_heights.TryGetValue(key.Height, out HeightWatch? watch) && watch.Set is { } set
                && set.Contains(key.Sender)
                && watch.LogOf(set, key.Sender).Find(key.Tag, key.View) is { } entry)
            {
                found.Add((key.Sender, entry.Signed));
            }
        }

        if (found.Count > 0 && Allow(_answered, peer))
        {
            _effects.Add(new SentinelEffect.Send(peer, SentinelFrame.Statements, GossipCodec.Statements(found)));
        }
    }

    private void OnStatements(
        PublicKey peer, List<(ValidatorIndex Sender, SignedStatement Signed)> statements)
    {
        // E15
        if (!_expected.Remove(peer, out int expected) || statements.Count > expected)
        {
            return;
        }

        foreach ((ValidatorIndex sender, SignedStatement signed) in statements)
        {
            if (Promise.Read(signed.Statement) is { } promise
                && _heights.TryGetValue(promise.Height, out HeightWatch? watch) && watch.Set is { } set
                && set.Contains(sender) && IsSigned(set[sender].Key, signed))
            {
                Add(set, sender, signed);
            }
        }
    }

    private static bool Allow(SortedDictionary<PublicKey, int> counts, PublicKey peer)
    {
        int count = counts.GetValueOrDefault(peer);
        counts[peer] = count + 1;
        return count < Limits.MaxGossipFrames;
    }
}
