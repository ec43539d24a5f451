using System.Collections.Generic;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>
/// What becomes of consensus messages of heights that another validator set decides than the one in progress. Their
/// senders' numbers mean nothing to the machine, so peers are known by their links here.
/// </summary>
internal sealed class ForeignFrames(ITransport transport, IActorRef sync)
{
    private readonly List<FrameReceived> _early = [];
    private readonly PeerPace _asked = new(Duration.FromMillis(1_000));
    private readonly PeerPace _answered = new(Duration.FromMillis(250));

    /// <summary>The peer speaks of heights that this node has not reached: it may have what is missing.</summary>
    /// <param name="keep">The message is good, and of the first height of the set that comes next.</param>
    public void OnAhead(FrameReceived frame, Height own, bool keep, Instant now)
    {
        // STAKE-12
        if (keep && _early.Count < Limits.MaxEarlyMessages)
        {
            _early.Add(frame);
        }

        if (_asked.Allow(frame.Peer, now))
        {
            sync.Tell(new SyncMessage.CatchUp(frame.Peer, own.Next));
        }
    }

    /// <summary>The peer is at a height that is decided: it learns so and fetches the blocks.</summary>
    public void OnBehind(PublicKey peer, Verified<SignedMessage> status, Instant now)
    {
        // STAKE-12
        if (_answered.Allow(peer, now))
        {
            transport.Send(peer, FrameKind.Consensus, status.Value.ToArray());
        }
    }

    /// <summary>What was kept for the set that has just taken over.</summary>
    public IReadOnlyList<FrameReceived> TakeEarly()
    {
        FrameReceived[] early = [.. _early];
        _early.Clear();
        return early;
    }
}
