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
    private Wire? _actors;

    public PeersActor(NodeIdentity identity, ITransport transport)
    {
        _identity = identity;
        _transport = transport;
        _set = identity.FirstValidators;
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
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
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
        if (message.Role == PeerRole.Client)
        {
            _clients.Add(message.Peer);
            return;
        }

        string name = _members.TryGetValue(message.Peer, out PeerStatus? known)
            ? known.Name
            : message.Peer.ToString()[..8];
        _members[message.Peer] = new PeerStatus(
            name, message.Peer, RoleOf(message.Peer), true, message.Address, Context.Now);
    }

    private void OnDisconnected(PeerDisconnected message)
    {
        Context.System.EventStream.Publish(message);
        _clients.Remove(message.Peer);
        if (_members.TryGetValue(message.Peer, out PeerStatus? known) && message.Role != PeerRole.Client)
        {
            _members[message.Peer] = known with { Connected = false, Since = Context.Now };
        }
    }

    private void OnFrame(FrameReceived frame)
    {
        bool isClient = frame.Role == PeerRole.Client;
        bool isValidator = !isClient && RoleOf(frame.Peer) == PeerRole.Validator;
        switch (frame.Kind)
        {
            case FrameKind.Consensus when !isClient:
                _actors!.Consensus.Tell(frame, Self);
                break;
            case FrameKind.Batches when isValidator:
                _actors!.Mempool.Tell(new MempoolMessage.FromPeer(frame.Peer, frame.Payload), Self);
                break;
            case FrameKind.BatchAnnounce when isValidator:
                _actors!.Mempool.Tell(new MempoolMessage.PeerHolds(frame.Peer, frame.Payload), Self);
                break;
            case FrameKind.BatchRequest when !isClient:
                _actors!.Mempool.Tell(new MempoolMessage.PeerWants(frame.Peer, frame.Payload), Self);
                break;
            case FrameKind.BlockRequest when !isClient:
                _actors!.Sync.Tell(new SyncMessage.PeerWants(frame.Peer, frame.Payload), Self);
                break;
            case FrameKind.Blocks when !isClient:
                _actors!.Sync.Tell(new SyncMessage.FromPeer(frame.Peer, frame.Payload), Self);
                break;
            case FrameKind.Submit when isClient:
                _actors!.Mempool.Tell(new MempoolMessage.Submit(frame.Peer, frame.Payload), Self);
                break;
            case FrameKind.Query when isClient:
                if (ClientQuery.Decode(frame.Payload.Span) is { } query)
                {
                    IActorRef target = query is ClientQuery.Receipts ? _actors!.ReadModel : _actors!.Ledger;
                    target.Tell(new ClientQuestion(frame.Peer, query), Self);
                }

                break;
            default:
                break;
        }
    }

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
        IActorRef Consensus, IActorRef Mempool, IActorRef Ledger, IActorRef Sync, IActorRef ReadModel);
}
