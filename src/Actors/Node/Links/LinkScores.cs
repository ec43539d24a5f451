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
    private readonly SortedDictionary<PublicKey, LinkRecord> _records = [];

    /// <summary>The same, for finding: each frame does it.</summary>
    private readonly Dictionary<PublicKey, LinkRecord> _byPeer = [];

    /// <summary>The one that was looked up last: each frame asks twice.</summary>
    private LinkRecord? _last;

    /// <summary>Peers of which something is kept.</summary>
    public int Count => _records.Count;

    public void Connected(PublicKey peer, Instant now) => RecordOf(peer, now).Connect();

    public void Disconnected(PublicKey peer)
    {
        Find(peer)?.Disconnect();
    }

    /// <summary>A frame arrived that the peer's role allows; its content is judged later.</summary>
    public LinkVerdict Frame(PublicKey peer, FrameKind kind, ReadOnlyMemory<byte> payload, Instant now)
    {
        LinkRecord record = RecordOf(peer, now);
        LinkVerdict verdict = record.IsWithinAllowance(kind) ? default : record.Blame(LinkOffence.Flood);
        bool isContent = kind is FrameKind.Consensus or FrameKind.Batches or FrameKind.Blocks or FrameKind.Submit;
        if (isContent && record.IsReplay(digests?.Of(kind, payload) ?? FrameDigests.Compute(kind, payload.Span)))
        {
            LinkVerdict second = record.Blame(LinkOffence.Replay);
            verdict = second.Action > verdict.Action ? second : verdict;
        }

        return verdict;
    }

    public LinkVerdict Blame(PublicKey peer, LinkOffence offence, Instant now) => RecordOf(peer, now).Blame(offence);

    /// <summary>True while a peer is refused: nothing that it brought is looked at any more.</summary>
    public bool IsRefused(PublicKey peer, Instant now) =>
        Find(peer) is { } record && now < record.RefusedUntil;

    /// <summary>All peers of which something is kept, in the order of their keys.</summary>
    public IReadOnlyList<LinkScore> Report(Instant now)
    {
        List<LinkScore> scores = [];
        foreach (LinkRecord record in _records.Values)
        {
            record.Advance(now);
            scores.Add(record.Report());
        }

        return scores;
    }

    private LinkRecord? Find(PublicKey peer)
    {
        if (_last is null || _last.Peer != peer)
        {
            _last = _byPeer.GetValueOrDefault(peer);
        }

        return _last;
    }

    private LinkRecord RecordOf(PublicKey peer, Instant now)
    {
        if (Find(peer) is not { } record)
        {
            if (_records.Count >= LinkLimits.MaxTracked)
            {
                MakeRoom(now);
            }

            record = new LinkRecord(peer);
            _records.Add(peer, record);
            _byPeer.Add(peer, record);
        }

        record.Advance(now);
        return record;
    }

    /// <summary>Forgets who is not connected: first who is not refused, of these who was silent longest.</summary>
    private void MakeRoom(Instant now)
    {
        PublicKey? worst = null;
        (bool Connected, bool Refused, long Touched) best = (true, true, long.MaxValue);
        foreach ((PublicKey peer, LinkRecord record) in _records)
        {
            (bool, bool, long) rank = (record.IsConnected, now < record.RefusedUntil, record.Touched.Micros);
            if (worst is null || rank.CompareTo(best) < 0)
            {
                (worst, best) = (peer, rank);
            }
        }

        _records.Remove(worst!.Value);
        _byPeer.Remove(worst.Value);
        _last = null;
    }
}
