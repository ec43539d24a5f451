using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Actors;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Network;

/// <summary>
/// At most one link per key, a bounded number of clients, and for each link exactly one PeerConnected, then its frames,
/// then exactly one PeerDisconnected.
/// </summary>
internal sealed class LinkTable(int maxClients)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<PublicKey, Link> _links = [];
    private IActorRef? _listener;
    private int _clients;
    private bool _sealed;

    /// <summary>From now on links are accepted, and this actor is told of them.</summary>
    public void Open(IActorRef listener) => _listener = listener;

    public Link? Find(PublicKey key)
    {
        lock (_gate)
        {
            return _links.GetValueOrDefault(key);
        }
    }

    public IReadOnlyList<Link> All()
    {
        lock (_gate)
        {
            return [.. _links.Values.OrderBy(link => link.Identity.Key)];
        }
    }

    /// <summary>Adds the link, after an older one of the same key has ended.</summary>
    /// <param name="link">Not running yet.</param>
    /// <param name="replace">Close an older link; otherwise the older one stays and the answer is Duplicate.</param>
    /// <param name="cancellation">Ends the wait for the older link's end.</param>
    /// <returns>Null, or Duplicate, TooManyClients or Stopping.</returns>
    public async ValueTask<RefusalReason?> TryAddAsync(Link link, bool replace, CancellationToken cancellation)
    {
        while (true)
        {
            Link? older;
            lock (_gate)
            {
                if (!_links.TryGetValue(link.Identity.Key, out older))
                {
                    return AddLocked(link);
                }
            }

            if (!replace)
            {
                return RefusalReason.Duplicate;
            }

            older.Close("replaced by a newer connection");
            await older.Ended.WaitAsync(cancellation);
        }
    }

    /// <summary>To be called when the link is closed and delivers nothing more.</summary>
    public void Remove(Link link)
    {
        lock (_gate)
        {
            LinkIdentity identity = link.Identity;
            _links.Remove(identity.Key);
            _clients -= identity.Role == PeerRole.Client ? 1 : 0;
            if (link.Violation is { Offence: { } offence } violation)
            {
                Tell(new PeerViolated(identity.Key, identity.Role, offence, violation.Message));
            }

            Tell(new PeerDisconnected(identity.Key, identity.Role, link.CloseReason));
        }

        link.MarkEnded();
    }

    public void Deliver(LinkIdentity from, FrameKind kind, ReadOnlyMemory<byte> payload) =>
        Tell(new FrameReceived(from.Key, from.Role, kind, payload));

    public void Heard(LinkIdentity peer) => Tell(new PeerHeartbeat(peer.Key, peer.Role));

    public void RefusedStranger(string address) => Tell(new StrangerRefused(address));

    /// <summary>Accepts no more links and closes those there are.</summary>
    public void CloseAll(string reason)
    {
        lock (_gate)
        {
            _sealed = true;
        }

        foreach (Link link in All())
        {
            link.Close(reason);
        }
    }

    private RefusalReason? AddLocked(Link link)
    {
        LinkIdentity identity = link.Identity;
        bool isClient = identity.Role == PeerRole.Client;
        if (_sealed)
        {
            return RefusalReason.Stopping;
        }

        if (isClient && _clients >= maxClients)
        {
            return RefusalReason.TooManyClients;
        }

        _clients += isClient ? 1 : 0;
        _links.Add(identity.Key, link);

        // Under the lock, so that Connected and Disconnected of successive links cannot change places.
        Tell(new PeerConnected(identity.Key, identity.Role, identity.Address));
        return null;
    }

    private void Tell(object message) => _listener?.Tell(message);
}
