using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus.Evidence;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>
/// Hears what others publish about the validators, and publishes whom to ask first. It sends no frame and punishes
/// nobody.
/// </summary>
public sealed class SuspicionActor : ReceiveActor
{
    private static readonly Type[] Channels =
    [
        typeof(PeerConnected), typeof(PeerDisconnected), typeof(PeerHeartbeat), typeof(StrangerRefused),
        typeof(SentinelInput.Heard), typeof(BatchPassedOver),
    ];

    private readonly Suspicions _suspicions;
    private readonly Dictionary<PublicKey, string> _clients = [];
    private PeerPreference? _told;

    public SuspicionActor(NodeIdentity identity, FailureDetectorSettings settings)
    {
        _suspicions = new Suspicions(identity.FirstValidators, identity.Key, settings);
        Receive<PeerConnected>(OnConnected);
        Receive<PeerDisconnected>(OnDisconnected);
        Receive<PeerHeartbeat>(message => _suspicions.Beat(message.Peer, Context.Now));
        Receive<StrangerRefused>(message => _suspicions.StrangerRefused(message.Address));
        Receive<SentinelInput.Heard>(message => _suspicions.Heard(message.Message.Value, Context.Now));
        Receive<BatchPassedOver>(message => _suspicions.PassedOver(message.Proposer));
        Receive<LedgerMessage.Ready>(ready => _suspicions.Applied(ready.Head));
        Receive<LedgerMessage.Applied>(applied => _suspicions.Applied(applied.Head));
        Receive<AskSuspicion>(_ => Sender.Tell(_suspicions.Report(Context.Now), Self));
        Receive<Look>(_ => OnLook());
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        foreach (Type channel in Channels)
        {
            Context.System.EventStream.Subscribe(Self, channel);
        }

        Timers.StartPeriodicTimer("look", new Look(), SuspicionLimits.Look);
    }

    private void OnConnected(PeerConnected message)
    {
        _suspicions.Connected(message.Peer, Context.Now);
        if (message.Role == PeerRole.Client)
        {
            int port = message.Address.LastIndexOf(':');
            string host = port < 0 ? message.Address : message.Address[..port];
            _clients[message.Peer] = host;
            _suspicions.ClientLinked(host);
        }
    }

    private void OnDisconnected(PeerDisconnected message)
    {
        _suspicions.Disconnected(message.Peer);
        if (_clients.Remove(message.Peer, out string? host))
        {
            _suspicions.ClientUnlinked(host);
        }
    }

    private void OnLook()
    {
        _suspicions.Advance(Context.Now);
        PeerPreference preference = _suspicions.Preference(Context.Now);
        bool isSame = ReferenceEquals(_told, preference)
            || (_told?.Trusted == preference.Trusted && _told.Peers.SequenceEqual(preference.Peers));
        if (!isSame)
        {
            _told = preference;
            Context.System.EventStream.Publish(preference);
        }
    }

    private sealed record Look;
}
