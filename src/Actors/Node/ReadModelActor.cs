using System.Collections.Generic;
using EnergyNode.Actors.Clients;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;
using EnergyNode.Market.Execution;

namespace EnergyNode.Actors.Node;

/// <summary>
/// Remembers what became of the last batches, so that a client that lost its connection can ask. Rebuilt from the
/// journal at start-up; bounded, the oldest are forgotten first.
/// </summary>
public sealed class ReadModelActor : ReceiveActor
{
    private readonly Dictionary<Hash32, ClientReceipt.Final> _receipts = [];
    private readonly Queue<Hash32> _order = new();
    private readonly IActorRef _peers;
    private ChainHead? _head;

    public ReadModelActor(IActorRef peers)
    {
        _peers = peers;
        Receive<LedgerMessage.Ready>(ready => _head = ready.Head);
        Receive<LedgerMessage.Applied>(OnApplied);
        Receive<ClientQuestion>(OnQuestion);
        Receive<AskReceipt>(message => Sender.Tell(
            new ReceiptAnswer(_receipts.GetValueOrDefault(message.Batch)), Self));
    }

    private void OnApplied(LedgerMessage.Applied applied)
    {
        _head = applied.Head;
        foreach (BatchOutcome outcome in applied.Outcome.Batches)
        {
            if (outcome.Status != BatchStatus.Executed)
            {
                continue;
            }

            Hash32 hash = outcome.Batch.Hash;
            _receipts[hash] = new ClientReceipt.Final(hash, applied.Head.Height, outcome.Status, outcome.Receipts);
            _order.Enqueue(hash);
            if (_order.Count > Limits.MaxRememberedReceipts)
            {
                _receipts.Remove(_order.Dequeue());
            }
        }
    }

    private void OnQuestion(ClientQuestion question)
    {
        if (question.Query is ClientQuery.Receipts query && _head is not null)
        {
            ClientAnswer answer = new ClientAnswer.Receipts(
                query.Id, _head.Height, _head.StateRoot, _receipts.GetValueOrDefault(query.Batch));
            _peers.Tell(new ToClient(question.Client, FrameKind.Answer, answer.ToArray()), Self);
        }
    }

    /// <summary>What became of a batch? Answered with <see cref="ReceiptAnswer"/>.</summary>
    public sealed record AskReceipt(Hash32 Batch);

    /// <param name="Receipt">Null when the node does not know.</param>
    public sealed record ReceiptAnswer(ClientReceipt.Final? Receipt);
}
