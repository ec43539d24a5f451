using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Evidence;

/// <summary>The exchange of digests: whoever sees that a peer knows another statement asks for it.</summary>
public sealed partial class SentinelMachine
{
    private readonly SortedDictionary<PublicKey, int> _answered = [];
    private readonly SortedDictionary<PublicKey, int> _asked = [];
    private readonly SortedDictionary<PublicKey, int> _expected = [];

    private void OnTick()
    {
        // E13
        _answered.Clear();
        _asked.Clear();
        List<GossipCodec.Group> groups = [];
        foreach (HeightWatch watch in _heights.Values)
        {
            if (watch.Tellings > 0 && watch.Set is { } set)
            {
                List<GossipCodec.Group> told = GroupsOf(watch, set);
                if (groups.Count > 0 && groups.Count + told.Count > Limits.MaxDigestGroups * Limits.MaxDigestFrames)
                {
                    break;
                }

                groups.AddRange(told);
                watch.Tellings--;
                if (watch.Tellings == 0 && watch.IsRemarkable)
                {
                    // E19
                    _effects.Add(new SentinelEffect.Keep(StatementRecord.Encode(watch.Statements())));
                }
            }
        }

        for (int i = 0; i < groups.Count && i < Limits.MaxDigestGroups * Limits.MaxDigestFrames;
            i += Limits.MaxDigestGroups)
        {
            int count = groups.Count - i < Limits.MaxDigestGroups ? groups.Count - i : Limits.MaxDigestGroups;
            _effects.Add(new SentinelEffect.Broadcast(
                SentinelFrame.Digests, GossipCodec.Digests(groups.GetRange(i, count))));
        }
    }

    private static List<GossipCodec.Group> GroupsOf(HeightWatch watch, ValidatorSet set)
    {
        SortedDictionary<(byte Tag, View View, Hash32 Digest), byte[]> bitmaps = [];
        for (int i = 0; i < set.Count; i++)
        {
            if (!watch.Senders.TryGetValue(set[new ValidatorIndex(i)].Key, out SenderLog? log))
            {
                continue;
            }

            foreach (SenderLog.Entry entry in log.Entries)
            {
                (byte, View, Hash32) key = (entry.Promise.Tag, entry.Promise.View, entry.Digest);
                if (!bitmaps.TryGetValue(key, out byte[]? bitmap))
                {
                    bitmap = GossipCodec.Bitmap(set.Count);
                    bitmaps.Add(key, bitmap);
                }

                bitmap[i / 8] |= (byte)(1 << (i % 8));
            }
        }

        List<GossipCodec.Group> groups = new(bitmaps.Count);
        foreach (((byte tag, View view, Hash32 digest), byte[] senders) in bitmaps)
        {
            groups.Add(new GossipCodec.Group(watch.Height, tag, view, digest, senders));
        }

        return groups;
    }

    private void OnFrame(SentinelInput.FromPeer frame)
    {
        switch (frame.Kind)
        {
            case SentinelFrame.Digests:
                if (GossipCodec.ReadDigests(frame.Bytes.Span) is { } groups)
                {
                    OnDigests(frame.Peer, groups);
                }

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

    private void OnDigests(PublicKey peer, List<GossipCodec.Group> groups)
    {
        // E14
        List<StatementKey> wanted = [];
        foreach (GossipCodec.Group group in groups)
        {
            if (!_heights.TryGetValue(group.Height, out HeightWatch? watch) || watch.Set is not { } set)
            {
                continue;
            }

            for (int i = 0; i < set.Count && wanted.Count < Limits.MaxStatementsPerFrame; i++)
            {
                ValidatorIndex sender = new(i);
                if (group.Has(i) && Wants(watch, set[sender].Key, group))
                {
                    wanted.Add(new StatementKey(group.Height, group.Tag, group.View, sender));
                }
            }
        }

        if (wanted.Count > 0 && Allow(_asked, peer))
        {
            _expected[peer] = wanted.Count;
            _effects.Add(new SentinelEffect.Send(peer, SentinelFrame.Request, GossipCodec.Request(wanted)));
        }
    }

    /// <summary>
    /// A statement that contradicts the one known, or, where views change, one that is not known at all.
    /// </summary>
    private static bool Wants(HeightWatch watch, PublicKey sender, GossipCodec.Group group) =>
        watch.LogOf(sender).Find(group.Tag, group.View) is { } known
            ? known.Digest != group.Digest && !watch.LogOf(sender).IsAccused
            : watch.IsContested || group.View > View.Zero;

    private void OnRequest(PublicKey peer, List<StatementKey> keys)
    {
        // E15
        List<(ValidatorIndex Sender, SignedStatement Signed)> found = [];
        foreach (StatementKey key in keys)
        {
            if (_heights.TryGetValue(key.Height, out HeightWatch? watch) && watch.Set is { } set
                && set.Contains(key.Sender)
                && watch.LogOf(set[key.Sender].Key).Find(key.Tag, key.View) is { } entry)
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
                Add(set[sender].Key, signed);
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
