using System;
using System.Collections.Generic;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>
/// Serves decided blocks to nodes that are behind, and fetches them when this node is. Every fetched block is checked
/// whole before consensus sees it, one height at a time.
/// </summary>
public sealed class SyncActor : ReceiveActor
{
    private const ushort Version = 1;

    private readonly Membership _members;
    private readonly IJournal _journal;
    private readonly ITransport _transport;
    private readonly IActorRef _mempool;
    private readonly MessageVerifiers _messages;
    private readonly BatchVerifier _batches;
    private readonly NodeTimings _timings;
    private readonly SortedDictionary<long, byte[]> _fetched = [];
    private IActorRef? _consensus;
    private ChainHead? _head;
    private PublicKey? _source;

    /// <summary>Did not answer the last request, or is not connected.</summary>
    private PublicKey? _silent;
    private PublicKey _fetchedFrom;
    private long _requested;
    private long _handedOver;
    private int _asked;
    private PeerPreference _preference;
    private bool _isComparing;

    public SyncActor(
        NodeIdentity identity,
        NodeTimings timings,
        ISignatureVerifier signatures,
        IJournal journal,
        ITransport transport,
        IActorRef mempool)
    {
        _members = new Membership(identity.Key, identity.FirstValidators);
        _timings = timings;
        _journal = journal;
        _transport = transport;
        _mempool = mempool;
        _preference = new PeerPreference(_members.Others, _members.Others.Count);
        _messages = new MessageVerifiers(identity.Chain, signatures);
        _batches = new BatchVerifier(identity.Chain, signatures);
        Receive<Wire>(wire => _consensus = wire.Consensus);
        Receive<LedgerMessage.Ready>(ready =>
        {
            _head = ready.Head;
            _members.Update(ready.Head.Validators);
        });
        Receive<LedgerMessage.Applied>(OnApplied);
        Receive<SyncMessage.CatchUp>(OnCatchUp);
        Receive<SyncMessage.PeerWants>(OnPeerWants);
        Receive<SyncMessage.FromPeer>(OnBlocks);
        Receive<RequestTimedOut>(_ => (_silent, _source) = (_source, null));
        Receive<Follow>(_ => AskNext());
        Receive<PeerPreference>(preference => _preference = preference);
        Receive<AskSuspect>(message => Ask(message.Wanted));
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(PeerPreference));
        Timers.StartPeriodicTimer("follow", new Follow(), _timings.FollowInterval);
    }

    /// <summary>
    /// Nobody sends votes to an observer: it asks the validators in turn for what was decided, those that are suspected
    /// only if all are.
    /// </summary>
    private void AskNext()
    {
        int candidates = _preference.Trusted > 0 ? _preference.Trusted : _preference.Peers.Count;
        if (!_members.IsValidator && candidates > 0)
        {
            PublicKey peer = _preference.Peers[_asked % candidates];
            _asked = (_asked + 1) % candidates;
            Ask(new SyncMessage.CatchUp(peer, default));
        }
    }

    private void OnApplied(LedgerMessage.Applied applied)
    {
        _head = applied.Head;
        _members.Update(applied.Head.Validators);
        if (!applied.Replayed)
        {
            HandOver();
            if (_fetched.Count == 0 && _source is { } source && applied.Head.Height.Value == _handedOver)
            {
                Request(source, applied.Head.Height.Next);
            }
        }
    }

    /// <summary>
    /// A suspected peer, or the one that did not answer last, is asked only if no other one shows in the meantime that
    /// it is ahead, too: else one that consensus names first each time would keep this node from all others.
    /// </summary>
    private void OnCatchUp(SyncMessage.CatchUp message)
    {
        if (message.Peer != _silent && IsTrusted(message.Peer))
        {
            Ask(message);
        }
        else if (!Timers.IsTimerActive("suspect"))
        {
            Timers.StartSingleTimer(
                "suspect", new AskSuspect(message), new Duration(_timings.SyncRetry.Micros / 2));
        }
    }

    private bool IsTrusted(PublicKey peer)
    {
        for (int i = _preference.Trusted; i < _preference.Peers.Count; i++)
        {
            if (_preference.Peers[i] == peer)
            {
                return false;
            }
        }

        return true;
    }

    private void Ask(SyncMessage.CatchUp message)
    {
        if (_source is null && _head is not null)
        {
            _isComparing = message.IsComparison;
            Request(message.Peer, _isComparing ? message.From : _head.Height.Next);
        }
    }

    private void Request(PublicKey peer, Height from)
    {
        _requested = from.Value;
        _fetched.Clear();
        BorshWriter writer = new();
        writer.Version(Version);
        writer.I64(from.Value);
        if (!_transport.Send(peer, FrameKind.BlockRequest, writer.ToArray()))
        {
            (_silent, _source) = (peer, null);
            return;
        }

        _source = peer;
        Timers.StartSingleTimer("request", new RequestTimedOut(), _timings.SyncRetry);
    }

    private void OnPeerWants(SyncMessage.PeerWants message)
    {
        BorshReader reader = new(message.Bytes.Span);
        reader.Version(Version);
        long from = reader.I64(1, long.MaxValue - Limits.MaxBlocksPerRequest);
        if (!reader.End())
        {
            Blame(message.Peer, LinkOffence.Malformed);
            return;
        }

        if (_head is null)
        {
            return;
        }

        long to = Math.Min(_head.Height.Value, from + Limits.MaxBlocksPerRequest - 1);
        if (to < from)
        {
            return;
        }

        List<byte[]> blocks = [];
        int bytes = 0;
        foreach (JournalRecord record in _journal.Read(PersistenceIds.Blocks, from, to))
        {
            blocks.Add(record.Payload);
            bytes += record.Payload.Length;
            if (bytes >= Limits.FrameFillBytes)
            {
                break;
            }
        }

        BorshWriter writer = new(bytes + 64);
        writer.Version(Version);
        writer.I64(from);
        writer.Count(blocks.Count);
        foreach (byte[] block in blocks)
        {
            writer.Bytes(block);
        }

        _transport.Send(message.Peer, FrameKind.Blocks, writer.ToArray());
    }

    private void OnBlocks(SyncMessage.FromPeer message)
    {
        if (_head is null)
        {
            return;
        }

        if (_source != message.Peer)
        {
            Blame(message.Peer, LinkOffence.Unsolicited);
            return;
        }

        BorshReader reader = new(message.Bytes.Span);
        reader.Version(Version);
        long from = reader.I64(1, long.MaxValue - Limits.MaxBlocksPerRequest);
        int count = reader.Count(Limits.MaxBlocksPerRequest, 4);
        List<byte[]> blocks = new(count);
        for (int i = 0; i < count && reader.Ok; i++)
        {
            blocks.Add(reader.Bytes(Limits.MaxDecidedBlockBytes).ToArray());
        }

        if (!reader.End() || from != _requested)
        {
            Blame(message.Peer, reader.Ok ? LinkOffence.Unsolicited : LinkOffence.Malformed);
            return;
        }

        _requested = 0;
        _silent = null;
        _fetchedFrom = message.Peer;
        Timers.Cancel("request");
        if (_isComparing)
        {
            _source = null;
            ShowToConsensus(blocks);
            return;
        }

        for (int i = 0; i < blocks.Count; i++)
        {
            if (from + i > _head.Height.Value)
            {
                _fetched[from + i] = blocks[i];
            }
        }

        HandOver();
        if (_fetched.Count == 0 && _handedOver <= _head.Height.Value)
        {
            _source = null;
        }
    }

    /// <summary>
    /// Consensus wants to compare a peer's final blocks with its own: they are checked as far as they can be without
    /// their batches, and not kept.
    /// </summary>
    private void ShowToConsensus(List<byte[]> blocks)
    {
        foreach (byte[] bytes in blocks)
        {
            MessageVerifier messages = _messages.For(_head!.Rules);
            if (DecidedBlock.ReadDecision(bytes, _head.Validators, messages) is not { } decision)
            {
                return;
            }

            _consensus!.Tell(new ConsensusInput.Caught(decision), Self);
        }
    }

    /// <summary>Gives consensus the block of the next height, if it was fetched and is good.</summary>
    private void HandOver()
    {
        while (_fetched.Count > 0)
        {
            long lowest = LowestFetched();
            if (lowest > _head!.Height.Next.Value)
            {
                return;
            }

            byte[] bytes = _fetched[lowest];
            _fetched.Remove(lowest);
            if (lowest == _head.Height.Next.Value && lowest > _handedOver - 1)
            {
                MessageVerifier messages = _messages.For(_head.Rules);
                DecidedBlock? block = DecidedBlock.Read(bytes, _head.Validators, messages, _batches, out _);
                if (block is null)
                {
                    Blame(_fetchedFrom, LinkOffence.BadBlock);
                    _fetched.Clear();
                    _source = null;
                    return;
                }

                _handedOver = lowest;
                _mempool.Tell(new MempoolMessage.Fetched(block), Self);
                _consensus!.Tell(new ConsensusInput.Caught(block.Decision), Self);
                Timers.StartSingleTimer("request", new RequestTimedOut(), _timings.SyncRetry);
                return;
            }
        }
    }

    private void Blame(PublicKey peer, LinkOffence offence) =>
        Context.System.EventStream.Publish(new LinkFault(peer, offence));

    private long LowestFetched()
    {
        foreach (long height in _fetched.Keys)
        {
            return height;
        }

        throw new InvalidOperationException("Nothing is fetched.");
    }

    /// <summary>The actor that is made after this one.</summary>
    public sealed record Wire(IActorRef Consensus);

    private sealed record RequestTimedOut;

    private sealed record Follow;

    private sealed record AskSuspect(SyncMessage.CatchUp Wanted);
}
