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
    private Wire? _actors;

    public PeersActor(NodeIdentity identity, ITransport transport)
    {
        _identity = identity;
        _transport = transport;
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
        foreach (Validator validator in _identity.Validators.Validators)
        {
            bool self = validator.Key == _identity.Key;
            _members[validator.Key] = new PeerStatus(
                validator.Name.ToString(),
                validator.Key,
                PeerRole.Validator,
                self,
                "",
                Context.Now);
        }
    }

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
            name, message.Peer, message.Role, true, message.Address, Context.Now);
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
        switch (frame.Kind)
        {
            case FrameKind.Consensus when frame.Role == PeerRole.Validator:
                _actors!.Consensus.Tell(frame, Self);
                break;
            case FrameKind.Batches when frame.Role == PeerRole.Validator:
                _actors!.Mempool.Tell(new MempoolMessage.FromPeer(frame.Peer, frame.Payload), Self);
                break;
            case FrameKind.BatchAnnounce when frame.Role == PeerRole.Validator:
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
        foreach (Validator validator in _identity.Validators.Validators)
        {
            members.Add(_members[validator.Key]);
        }

        foreach (PeerStatus member in _members.Values)
        {
            if (_identity.Validators.IndexOf(member.Key) is null)
            {
                members.Add(member);
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
