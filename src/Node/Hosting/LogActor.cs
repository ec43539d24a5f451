using EnergyNode.Actors;
using EnergyNode.Actors.Node;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Hosting;

/// <summary>Turns the node's events into log lines.</summary>
internal sealed class LogActor : ReceiveActor
{
    private const long HeightsBetweenLines = 100;

    private readonly NodeLog _log;
    private long _logged;

    public LogActor(NodeLog log)
    {
        _log = log;
        Receive<PeerConnected>(message => _log.Info(
            $"{message.Role} {Short(message.Peer)} connected from {message.Address}"));
        Receive<PeerDisconnected>(message => _log.Info(
            $"{message.Role} {Short(message.Peer)} disconnected: {message.Reason}"));
        Receive<LedgerMessage.Ready>(message => _log.Info(
            $"ready at height {message.Head.Height}, state root {message.Head.StateRoot.Short()}"));
        Receive<LedgerMessage.Applied>(OnApplied);
        Receive<DeadLetter>(message => _log.Debug(
            $"dead letter {message.Message.GetType().Name} for {message.Recipient}"));
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        EventStream events = Context.System.EventStream;
        events.Subscribe(Self, typeof(PeerConnected));
        events.Subscribe(Self, typeof(PeerDisconnected));
        events.Subscribe(Self, typeof(LedgerMessage.Ready));
        events.Subscribe(Self, typeof(LedgerMessage.Applied));
        events.Subscribe(Self, typeof(DeadLetter));
    }

    private static string Short(PublicKey key) => key.ToString()[..8];

    private void OnApplied(LedgerMessage.Applied applied)
    {
        string line = $"height {applied.Head.Height}, {applied.Outcome.Batches.Count} batches, "
            + $"state root {applied.Head.StateRoot.Short()}";
        if (applied.Head.Height.Value - _logged >= HeightsBetweenLines)
        {
            _logged = applied.Head.Height.Value;
            _log.Info(line);
        }
        else
        {
            _log.Debug(line);
        }
    }
}
