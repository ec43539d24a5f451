using System;
using System.Collections.Generic;
using EnergyNode.Actors;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>
/// The network between nodes and clients: frames with latency, loss, duplication and reordering on links that can be
/// cut in each direction; connections that come up, break, and are noticed to be broken.
/// </summary>
internal sealed class SimulatedNetwork(SeededRunner runner, Dice dice)
{
    /// <summary>How long a cut link stays "connected": the transport's keep-alive gives up after it.</summary>
    public static readonly Duration LinkTimeout = Duration.FromSeconds(5);

    /// <summary>The reason that <see cref="OnPunished"/> gets when a peer is throttled and not refused.</summary>
    public const string Throttled = "throttled";

    private static readonly Duration MaxHandshake = Duration.FromMillis(40);
    private static readonly Duration MinHandshake = Duration.FromMillis(5);

    private readonly List<Endpoint> _endpoints = [];
    private readonly Dictionary<PublicKey, Endpoint> _byKey = [];

    /// <summary>By sender, then by receiver; that of a party to itself is not used.</summary>
    private SimulatedLink[][] _links = [];

    private int _lastFound;

    /// <summary>Connections that ended. While there is none, a frame arrives without a look at its link.</summary>
    private long _breaks;

    public LinkFaults Faults { get; set; } = LinkFaults.None;

    public long Sent { get; private set; }

    public long Delivered { get; private set; }

    public long Lost { get; private set; }

    /// <summary>Sees every frame that a connected sender hands in, before anything happens to it.</summary>
    public Action<SentFrame>? OnSent { get; set; }

    /// <summary>Sees every frame that arrives.</summary>
    public Action<SentFrame>? OnDelivered { get; set; }

    /// <summary>Sees who punishes whom for what, with how long it is not listened to.</summary>
    public Action<int, PublicKey, Duration, string>? OnPunished { get; set; }

    /// <param name="deliver">Gets <see cref="PeerConnected"/>, <see cref="PeerDisconnected"/>,
    /// <see cref="FrameReceived"/>.</param>
    public void Add(PublicKey key, PeerRole role, string address, Action<object> deliver)
    {
        Endpoint added = new(_endpoints.Count, key, role, address, deliver, new Arrivals(runner, Arrive));
        _endpoints.Add(added);
        Array.Resize(ref _links, _endpoints.Count);
        foreach (ref SimulatedLink[] row in _links.AsSpan())
        {
            Array.Resize(ref row, _endpoints.Count);
        }

        _byKey.Add(key, added);
    }

    public ITransport TransportOf(PublicKey key) => new Port(this, _byKey[key]);

    /// <summary>A party's process is up: it connects to everybody who is.</summary>
    public void Up(PublicKey key)
    {
        Endpoint endpoint = _byKey[key];
        endpoint.IsUp = true;
        endpoint.Life++;
        foreach (Endpoint other in _endpoints)
        {
            if (other != endpoint)
            {
                LinkOf(other, endpoint).Forgive();
            }

            Connect(endpoint, other);
        }
    }

    /// <summary>A party's process is gone: its connections break at once.</summary>
    public void Down(PublicKey key)
    {
        Endpoint endpoint = _byKey[key];
        endpoint.IsUp = false;
        endpoint.Life++;
        foreach (Endpoint other in _endpoints)
        {
            if (other != endpoint && LinkOf(endpoint, other).IsConnected)
            {
                Disconnect(endpoint, other, "connection closed");
            }
        }
    }

    /// <summary>From now on nothing passes in this direction.</summary>
    /// <param name="isPermanent">Nor does it heal.</param>
    public void Cut(PublicKey from, PublicKey to, bool isPermanent = false)
    {
        Endpoint a = _byKey[from];
        Endpoint b = _byKey[to];
        ref SimulatedLink link = ref LinkOf(a, b);
        link.IsCut = true;
        link.IsCutForGood |= isPermanent;
        long connection = link.Connection;
        runner.Schedule(LinkTimeout, () =>
        {
            ref readonly SimulatedLink cut = ref LinkOf(a, b);
            if (cut.IsCut && cut.IsConnected && cut.Connection == connection)
            {
                Disconnect(a, b, "no answer");
            }
        });
    }

    /// <summary>All links but those cut for good pass frames again, and what is up connects.</summary>
    public void Heal()
    {
        foreach (SimulatedLink[] row in _links)
        {
            foreach (ref SimulatedLink link in row.AsSpan())
            {
                link.Heal();
            }
        }

        for (int i = 0; i < _endpoints.Count; i++)
        {
            for (int j = i + 1; j < _endpoints.Count; j++)
            {
                Connect(_endpoints[i], _endpoints[j]);
            }
        }
    }

    private void Connect(Endpoint a, Endpoint b)
    {
        bool meet = a != b && a.IsUp && b.IsUp && (a.Role != PeerRole.Client || b.Role != PeerRole.Client);
        if (!meet || LinkOf(a, b).IsConnected)
        {
            return;
        }

        (int lifeA, int lifeB) = (a.Life, b.Life);
        runner.Schedule(dice.Between(MinHandshake, MaxHandshake), () =>
        {
            ref SimulatedLink there = ref LinkOf(a, b);
            ref SimulatedLink back = ref LinkOf(b, a);
            if (a.Life != lifeA || b.Life != lifeB || there.IsConnected || there.IsCut || back.IsCut
                || runner.Now < there.RefusedUntil || runner.Now < back.RefusedUntil)
            {
                return;
            }

            there.Open();
            back.Open();
            a.Deliver(new PeerConnected(b.Key, b.Role, b.Address));
            b.Deliver(new PeerConnected(a.Key, a.Role, a.Address));
        });
    }

    private void Disconnect(Endpoint a, Endpoint b, string reason)
    {
        _breaks++;
        LinkOf(a, b).Break(_breaks);
        LinkOf(b, a).Break(_breaks);
        Notice(a, b, reason);
        Notice(b, a, reason);
    }

    private static void Notice(Endpoint who, Endpoint gone, string reason)
    {
        if (who.IsUp)
        {
            who.Deliver(new PeerDisconnected(gone.Key, gone.Role, reason));
        }
    }

    private bool Send(Endpoint from, PublicKey peer, FrameKind kind, ReadOnlyMemory<byte> payload)
    {
        if (Find(peer) is not { } to || to == from)
        {
            return false;
        }

        ref SimulatedLink link = ref LinkOf(from, to);
        if (!link.IsConnected)
        {
            return false;
        }

        Sent++;
        SentFrame frame = new(from.Index, to.Index, kind, payload);
        OnSent?.Invoke(frame);
        if (link.IsCut || dice.Chance(Faults.LossPermille))
        {
            Lost++;
            return true;
        }

        Transmit(from, to, ref link, frame);
        if (dice.Chance(Faults.DuplicatePermille))
        {
            Transmit(from, to, ref link, frame);
        }

        return true;
    }

    /// <summary>Most frames go to one party after the other.</summary>
    private Endpoint? Find(PublicKey key)
    {
        int next = _lastFound + 1 < _endpoints.Count ? _lastFound + 1 : 0;
        if (_endpoints[next].Key == key)
        {
            _lastFound = next;
            return _endpoints[next];
        }

        Endpoint? found = _byKey.GetValueOrDefault(key);
        _lastFound = found?.Index ?? _lastFound;
        return found;
    }

    private void Transmit(Endpoint from, Endpoint to, ref SimulatedLink link, SentFrame frame)
    {
        Instant arrival = runner.Now.Plus(dice.Between(Faults.MinLatency, Faults.MaxLatency));
        if (dice.Chance(Faults.ReorderPermille))
        {
            arrival = arrival.Plus(dice.Between(default, Faults.ReorderDelay));
        }
        else
        {
            arrival = arrival > link.LastArrival ? arrival : link.LastArrival;
            link.LastArrival = arrival;
        }

        arrival = arrival > link.PausedUntil ? arrival : link.PausedUntil;
        to.Arrivals.Add(arrival, new Flight(frame, from.Message(frame.Kind, frame.Payload), _breaks));
    }

    private void Arrive(Flight flight)
    {
        if (flight.Breaks == _breaks || _links[flight.Frame.From][flight.Frame.To].BrokenAt <= flight.Breaks)
        {
            Delivered++;
            OnDelivered?.Invoke(flight.Frame);
            _endpoints[flight.Frame.To].Deliver(flight.Received);
        }
    }

    private ref SimulatedLink LinkOf(Endpoint from, Endpoint to) => ref _links[from.Index][to.Index];

    private void Throttle(Endpoint self, PublicKey peer, Duration pause)
    {
        OnPunished?.Invoke(self.Index, peer, pause, Throttled);
        if (_byKey.TryGetValue(peer, out Endpoint? from))
        {
            LinkOf(from, self).PausedUntil = runner.Now.Plus(pause);
        }
    }

    private void Refuse(Endpoint self, PublicKey peer, Duration time, string reason)
    {
        OnPunished?.Invoke(self.Index, peer, time, reason);
        if (!_byKey.TryGetValue(peer, out Endpoint? from))
        {
            return;
        }

        ref SimulatedLink link = ref LinkOf(from, self);
        link.RefusedUntil = runner.Now.Plus(time);
        if (link.IsConnected)
        {
            Disconnect(self, from, reason);
        }

        runner.Schedule(time, () => Connect(self, from));
    }

    private sealed class Endpoint(
        int index, PublicKey key, PeerRole role, string address, Action<object> deliver, Arrivals arrivals)
    {
        private FrameReceived? _last;

        public int Index => index;

        public PublicKey Key => key;

        public PeerRole Role => role;

        public string Address => address;

        public Action<object> Deliver => deliver;

        public Arrivals Arrivals => arrivals;

        public bool IsUp { get; set; }

        public int Life { get; set; }

        /// <summary>What others get of this party's frame. Most frames go to many.</summary>
        public FrameReceived Message(FrameKind kind, ReadOnlyMemory<byte> payload)
        {
            if (_last is not { } last || last.Kind != kind || !last.Payload.Equals(payload))
            {
                _last = last = new FrameReceived(key, role, kind, payload);
            }

            return last;
        }
    }

    private sealed class Port(SimulatedNetwork network, Endpoint self) : ITransport
    {
        private readonly int _life = self.Life;

        public bool Send(PublicKey peer, FrameKind kind, ReadOnlyMemory<byte> payload) =>
            IsLive && network.Send(self, peer, kind, payload);

        public void Throttle(PublicKey peer, Duration pause)
        {
            if (IsLive)
            {
                network.Throttle(self, peer, pause);
            }
        }

        public void Refuse(PublicKey peer, Duration time, string reason)
        {
            if (IsLive)
            {
                network.Refuse(self, peer, time, reason);
            }
        }

        private bool IsLive => self.IsUp && self.Life == _life;
    }
}
