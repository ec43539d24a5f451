using System.Collections.Generic;
using EnergyNode.Actors.Clients;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>Knows who is connected, and takes frames to the actor that they are for.</summary>
public sealed class PeersActor : ReceiveActor
{
    private readonly NodeIdentity _identity;
    private readonly ITransport _transport;
    private readonly SortedDictionary<PublicKey, PeerStatus> _members = [];
    private readonly HashSet<PublicKey> _clients = [];
    private ValidatorSet _set;
    private readonly LinkScores _scores;
    private Wire? _actors;

    /// <param name="digests">Shared by the nodes of one process; null where each hashes for itself.</param>
    public PeersActor(NodeIdentity identity, ITransport transport, FrameDigests? digests = null)
    {
        _scores = new LinkScores(digests);
        _identity = identity;
        _transport = transport;
        _set = identity.FirstValidators;
        _scores.Adopt(_set);
        Receive<LedgerMessage.Ready>(ready => OnSet(ready.Head.Validators));
        Receive<LedgerMessage.Applied>(applied => OnSet(applied.Head.Validators));
        Receive<Wire>(wire => _actors = wire);
        Receive<Listening>(message =>
            _members[_identity.Key] = OwnEntry() with { Address = message.Address });
        Receive<PeerConnected>(OnConnected);
        Receive<PeerDisconnected>(OnDisconnected);
        Receive<FrameReceived>(OnFrame);
        Receive<ToClient>(message => _transport.Send(message.Client, message.Kind, message.Payload));
        Receive<AskPeers>(_ => Sender.Tell(Report(), Self));
        Receive<LinkFault>(fault => Blame(fault.Peer, fault.Offence));
        Receive<PeerViolated>(message => Blame(message.Peer, message.Offence));
        Receive<AskLinks>(_ => Sender.Tell(new LinksReport(_scores.Report(Context.Now)), Self));
        Receive<PeerHeartbeat>(message => Context.System.EventStream.Publish(message));
        Receive<Expel>(message => _transport.Refuse(message.Peer, message.Time, message.Reason));
        Receive<StrangerRefused>(message => Context.System.EventStream.Publish(message));
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(LinkFault));
        foreach (Validator validator in _set.Validators)
        {
            Enter(validator);
        }
    }

    private void OnSet(ValidatorSet set)
    {
        if (set == _set)
        {
            return;
        }

        _set = set;
        _scores.Adopt(set);
        foreach (Validator validator in set.Validators)
        {
            Enter(validator);
        }
    }

    /// <summary>Who is known already keeps its entry, under the validator's name.</summary>
    private void Enter(Validator validator)
    {
        string name = validator.Name.ToString();
        _members[validator.Key] = _members.TryGetValue(validator.Key, out PeerStatus? known)
            ? known with { Name = name, Role = PeerRole.Validator }
            : new PeerStatus(
                name, validator.Key, PeerRole.Validator, validator.Key == _identity.Key, "", Context.Now);
    }

    /// <summary>By the chain, not by what the peer said of itself when it connected.</summary>
    private PeerRole RoleOf(PublicKey peer) =>
        _set.IndexOf(peer) is not null ? PeerRole.Validator : PeerRole.Observer;

    private void OnConnected(PeerConnected message)
    {
        Context.System.EventStream.Publish(message);
        _scores.Connected(message.Peer, Context.Now);
        if (message.Role == PeerRole.Client)
        {
            _clients.Add(message.Peer);
            return;
        }

        string name = _members.TryGetValue(message.Peer, out PeerStatus? known)
            ? known.Name
            : message.Peer.ToString()[..8];
        if (known is null && _members.Count >= LinkLimits.MaxMembers)
        {
            ForgetOne();
        }

        _members[message.Peer] = new PeerStatus(
            name, message.Peer, RoleOf(message.Peer), true, message.Address, Context.Now);
    }

    /// <summary>The observer that has been away longest.</summary>
    private void ForgetOne()
    {
        PeerStatus? oldest = null;
        foreach (PeerStatus member in _members.Values)
        {
            bool mayGo = !member.Connected && _set.IndexOf(member.Key) is null;
            oldest = mayGo && (oldest is null || member.Since < oldest.Since) ? member : oldest;
        }

        if (oldest is not null)
        {
            _members.Remove(oldest.Key);
        }
    }

    private void OnDisconnected(PeerDisconnected message)
    {
        Context.System.EventStream.Publish(message);
        _scores.Disconnected(message.Peer);
        _clients.Remove(message.Peer);
        if (_members.TryGetValue(message.Peer, out PeerStatus? known) && message.Role != PeerRole.Client)
        {
            _members[message.Peer] = known with { Connected = false, Since = Context.Now };
        }
    }

    private void OnFrame(FrameReceived frame)
    {
        if (_scores.IsRefused(frame.Peer, Context.Now))
        {
            return;
        }

        if (!IsForRole(frame.Kind, frame.Role))
        {
            Blame(frame.Peer, LinkOffence.UnknownKind);
            return;
        }

        LinkVerdict verdict = _scores.Frame(frame.Peer, frame.Kind, frame.Payload, Context.Now);
        Punish(frame.Peer, verdict, "floods or replays");
        if (verdict.Action != LinkAction.Refuse)
        {
            Route(frame);
        }
    }

    private static bool IsForRole(FrameKind kind, PeerRole role) => kind switch
    {
        FrameKind.Consensus or FrameKind.Batches or FrameKind.BatchAnnounce or FrameKind.BatchRequest
            or FrameKind.BlockRequest or FrameKind.Blocks
            or FrameKind.VoteDigests or FrameKind.VoteRequest or FrameKind.Votes => role != PeerRole.Client,
        FrameKind.Submit or FrameKind.Query => role == PeerRole.Client,
        _ => false,
    };

    private void Route(FrameReceived frame)
    {
        switch (frame.Kind)
        {
            case FrameKind.Consensus:
                _actors!.Consensus.Tell(frame, Self);
                break;
            case FrameKind.Batches or FrameKind.BatchAnnounce
                or FrameKind.VoteDigests or FrameKind.VoteRequest or FrameKind.Votes
                when RoleOf(frame.Peer) != PeerRole.Validator:
                // Its head and this node's may differ: it may have a vote there, so nobody is to blame.
                break;
            case FrameKind.VoteDigests or FrameKind.VoteRequest or FrameKind.Votes:
                _actors!.Sentinel?.Tell(frame, Self);
                break;
            case FrameKind.Batches:
                _actors!.Mempool.Tell(new MempoolMessage.FromPeer(frame.Peer, frame.Payload), Self);
                break;
            case FrameKind.BatchAnnounce:
                _actors!.Mempool.Tell(new MempoolMessage.PeerHolds(frame.Peer, frame.Payload), Self);
                break;
            case FrameKind.BatchRequest:
                _actors!.Mempool.Tell(new MempoolMessage.PeerWants(frame.Peer, frame.Payload), Self);
                break;
            case FrameKind.BlockRequest:
                _actors!.Sync.Tell(new SyncMessage.PeerWants(frame.Peer, frame.Payload), Self);
                break;
            case FrameKind.Blocks:
                _actors!.Sync.Tell(new SyncMessage.FromPeer(frame.Peer, frame.Payload), Self);
                break;
            case FrameKind.Submit:
                _actors!.Mempool.Tell(new MempoolMessage.Submit(frame.Peer, frame.Payload), Self);
                break;
            case FrameKind.Query when ClientQuery.Decode(frame.Payload.Span) is { } query:
                IActorRef target = query is ClientQuery.Receipts ? _actors!.ReadModel : _actors!.Ledger;
                target.Tell(new ClientQuestion(frame.Peer, query), Self);
                break;
            default:
                Blame(frame.Peer, LinkOffence.Malformed);
                break;
        }
    }

    private void Blame(PublicKey peer, LinkOffence offence) =>
        Punish(peer, _scores.Blame(peer, offence, Context.Now), Words(offence));

    private void Punish(PublicKey peer, LinkVerdict verdict, string reason)
    {
        switch (verdict.Action)
        {
            case LinkAction.Throttle:
                _transport.Throttle(peer, verdict.Time);
                break;
            case LinkAction.Refuse:
                long seconds = verdict.Time.Micros / Instant.MicrosPerSecond;
                _transport.Refuse(peer, verdict.Time, $"{reason}; refused for {seconds} s");
                break;
        }
    }

    private static string Words(LinkOffence offence) => offence switch
    {
        LinkOffence.Malformed => "sends what cannot be decoded",
        LinkOffence.BadSignature => "brings bad signatures",
        LinkOffence.Oversized => "sent a frame that is too long",
        LinkOffence.UnknownKind => "sends frames of a kind that is not its own",
        LinkOffence.Slow => "did not finish a frame",
        LinkOffence.BadBlock => "sends blocks that nothing proves",
        LinkOffence.Unsolicited => "sends blocks that nobody asked it for",
        _ => "brings too much that is of no use",
    };

    private PeerStatus OwnEntry() => _members.TryGetValue(_identity.Key, out PeerStatus? known)
        ? known
        : new PeerStatus("observer", _identity.Key, PeerRole.Observer, true, "", Context.Now);

    private PeersReport Report()
    {
        List<PeerStatus> members = [];
        foreach (Validator validator in _set.Validators)
        {
            members.Add(_members[validator.Key]);
        }

        foreach (PeerStatus member in _members.Values)
        {
            if (_set.IndexOf(member.Key) is null)
            {
                members.Add(member with { Role = PeerRole.Observer });
            }
        }

        return new PeersReport(members, _clients.Count);
    }

    /// <summary>Where this node turned out to listen.</summary>
    public sealed record Listening(string Address);

    /// <summary>Where frames go; sent once, when all actors are made.</summary>
    public sealed record Wire(
        IActorRef Consensus, IActorRef Mempool, IActorRef Ledger, IActorRef Sync, IActorRef ReadModel)
    {
        /// <summary>Null in a node without a sentinel.</summary>
        public IActorRef? Sentinel { get; init; }
    }
}
