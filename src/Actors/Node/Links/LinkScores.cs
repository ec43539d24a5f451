using System;
using System.Collections.Generic;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>
/// Scores each link by what its peer brings: a leaky bucket of points per peer. Above half of the bound the peer is
/// throttled, at the bound cut and refused, for longer each time. Pure: time comes in, verdicts come out. Whoever is
/// named in a forged message has no part in it.
/// </summary>
/// <param name="digests">Shared by the nodes of one process; null where each hashes for itself.</param>
public sealed class LinkScores(FrameDigests? digests = null)
{
    private const int FewPeers = 8;

    /// <summary>Where each peer's record is.</summary>
    private readonly Dictionary<PublicKey, int> _places = [];
    private LinkRecord[] _records = new LinkRecord[FewPeers];

    /// <summary>The last frames of each link that is up. Apart from the records: neither is waited for to find the
    /// other.</summary>
    private uint[]?[] _seen = new uint[]?[FewPeers];

    /// <summary>Of the one that was looked up last: each frame asks twice.</summary>
    private int? _last;

    /// <summary>Most frames are those of validators. Their set may be one for many nodes of a process, and is at hand
    /// then; of each member its place, from 1 on.</summary>
    private ValidatorSet? _members;
    private int[] _memberPlaces = [];

    /// <summary>Peers of which something is kept.</summary>
    public int Count => _places.Count;

    /// <summary>By this set peers are found faster. Nothing else depends on it.</summary>
    public void Adopt(ValidatorSet set)
    {
        _members = set;
        _memberPlaces = new int[set.Count];
    }

    public void Connected(PublicKey peer, Instant now) => RecordOf(peer, now).Connect();

    public void Disconnected(PublicKey peer)
    {
        if (Find(peer) is { } place)
        {
            _records[place].Disconnect();

            // A new connection may bring the same bytes again.
            _seen[place] = null;
        }
    }

    /// <summary>A frame arrived that the peer's role allows; its content is judged later.</summary>
    public LinkVerdict Frame(PublicKey peer, FrameKind kind, ReadOnlyMemory<byte> payload, Instant now)
    {
        int place = PlaceOf(peer, now);
        ref LinkRecord record = ref _records[place];
        LinkVerdict verdict = record.IsWithinAllowance(kind) ? default : record.Blame(LinkOffence.Flood);
        bool isContent = kind is FrameKind.Consensus or FrameKind.Batches or FrameKind.Blocks or FrameKind.Submit;
        if (isContent && IsReplay(place, digests?.Of(kind, payload) ?? FrameDigests.Compute(kind, payload.Span)))
        {
            LinkVerdict second = record.Blame(LinkOffence.Replay);
            verdict = second.Action > verdict.Action ? second : verdict;
        }

        return verdict;
    }

    public LinkVerdict Blame(PublicKey peer, LinkOffence offence, Instant now) => RecordOf(peer, now).Blame(offence);

    /// <summary>True while a peer is refused: nothing that it brought is looked at any more.</summary>
    public bool IsRefused(PublicKey peer, Instant now) =>
        Find(peer) is { } place && now < _records[place].RefusedUntil;

    /// <summary>All peers of which something is kept, in the order of their keys.</summary>
    public IReadOnlyList<LinkScore> Report(Instant now)
    {
        List<PublicKey> rising = [.. _places.Keys];
        rising.Sort();
        List<LinkScore> scores = new(rising.Count);
        foreach (PublicKey peer in rising)
        {
            ref LinkRecord record = ref _records[_places[peer]];
            record.Advance(now);
            scores.Add(record.Report());
        }

        return scores;
    }

    private int? Find(PublicKey peer)
    {
        if (_last is not { } last || _records[last].Peer != peer)
        {
            _last = _members?.IndexOf(peer) is { } member ? FindMember(peer, member) : FindAny(peer);
        }

        return _last;
    }

    private int? FindMember(PublicKey peer, ValidatorIndex member)
    {
        ref int known = ref _memberPlaces[member.Value];
        if (known == 0 && FindAny(peer) is { } found)
        {
            known = found + 1;
        }

        return known == 0 ? null : known - 1;
    }

    private int? FindAny(PublicKey peer) => _places.TryGetValue(peer, out int place) ? place : null;

    private ref LinkRecord RecordOf(PublicKey peer, Instant now)
    {
        int place = PlaceOf(peer, now);
        return ref _records[place];
    }

    private int PlaceOf(PublicKey peer, Instant now)
    {
        int place = Find(peer) ?? Add(peer, now);
        _records[place].Advance(now);
        return place;
    }

    /// <summary>
    /// Whether a frame of this digest came before, among the last ones of a link. Of a digest its upper half is kept,
    /// at the place that the lower one says: a frame is taken for the one before at its place once in 2^31 times, which
    /// costs an honest peer a point.
    /// </summary>
    private bool IsReplay(int link, ulong digest)
    {
        uint[] seen = _seen[link] ??= new uint[LinkLimits.RememberedFrames];
        int slot = (int)((digest >> 1) % LinkLimits.RememberedFrames);
        uint rest = (uint)(digest >> 32) | 1;
        bool same = seen[slot] == rest;
        seen[slot] = rest;
        return same;
    }

    private int Add(PublicKey peer, Instant now)
    {
        int place = _places.Count;
        if (place == LinkLimits.MaxTracked)
        {
            place = MakeRoom(now);
        }
        else if (place == _records.Length)
        {
            Array.Resize(ref _records, 2 * place);
            Array.Resize(ref _seen, 2 * place);
        }

        _records[place] = new LinkRecord(peer);
        _seen[place] = null;
        _places.Add(peer, place);
        return place;
    }

    /// <summary>
    /// Forgets who is not connected: first who is not refused, of these who was silent longest, of these the lowest
    /// key.
    /// </summary>
    /// <returns>The place that is free now.</returns>
    private int MakeRoom(Instant now)
    {
        int worst = 0;
        for (int place = 1; place < LinkLimits.MaxTracked; place++)
        {
            worst = RankOf(_records[place], now).CompareTo(RankOf(_records[worst], now)) < 0 ? place : worst;
        }

        PublicKey forgotten = _records[worst].Peer;
        _places.Remove(forgotten);
        _last = null;
        if (_members?.IndexOf(forgotten) is { } member)
        {
            _memberPlaces[member.Value] = 0;
        }

        return worst;
    }

    private static (bool Connected, bool Refused, long Touched, PublicKey Peer) RankOf(
        in LinkRecord record, Instant now) =>
        (record.IsConnected, now < record.RefusedUntil, record.Touched.Micros, record.Peer);
}
