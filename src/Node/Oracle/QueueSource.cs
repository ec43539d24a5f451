using System;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Node.Hosting;
using EnergyNode.Node.Network;

namespace EnergyNode.Node.Oracle;

/// <summary>
/// Feeds a queue's messages into the stream, in order. A message is acknowledged only when the ledger has decided on
/// each of its readings, so what a crash interrupts comes again; the queue's prefetch is the back-pressure.
/// </summary>
internal sealed class QueueSource(IReadingQueue queue, OracleRunner oracle, NodeLog log, TimeProvider time)
{
    /// <summary>Runs until it is cancelled; a lost connection is made again.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        Backoff backoff = new(OracleLimits.RetryMin, OracleLimits.RetryMax);
        while (true)
        {
            try
            {
                await using IReadingQueueSession session = await queue.ConnectAsync(cancellation);
                backoff.Reset();
                await foreach (QueuedMessage message in session.ReadAsync(cancellation))
                {
                    await TakeAsync(session, message, cancellation);
                }
            }
            catch (ReadingQueueException error)
            {
                log.Warning($"the queue: {error.Message}");
            }

            await Task.Delay(backoff.Next(Random.Shared.NextDouble()), time, cancellation);
        }
    }

    private async Task TakeAsync(IReadingQueueSession session, QueuedMessage message, CancellationToken cancellation)
    {
        Delivery? delivery = DeliveryParser.Parse(message.Body, out string problem);
        if (delivery is null)
        {
            log.Warning($"message {message.Tag} is rejected: {problem}");
            await session.RejectAsync(message.Tag, cancellation);
            return;
        }

        while (!oracle.TryOffer(delivery))
        {
            await Task.Delay(OracleLimits.RoomPause, time, cancellation);
        }

        _ = AnswerAsync(session, message.Tag, delivery, cancellation);
    }

    private async Task AnswerAsync(
        IReadingQueueSession session, ulong tag, Delivery delivery, CancellationToken cancellation)
    {
        try
        {
            DeliveryOutcome outcome = await delivery.Decided.WaitAsync(cancellation);
            if (outcome.RefusedCount == 0)
            {
                await session.AcknowledgeAsync(tag, cancellation);
                return;
            }

            RefusedReading first = outcome.Refused[0];
            log.Warning(
                $"message {tag} is rejected: {outcome.RefusedCount} readings are refused, the first in line "
                + $"{first.Line}, meter {first.Meter}: {first.Text}");
            await session.RejectAsync(tag, cancellation);
        }
        catch (OperationCanceledException)
        {
            // Without an answer the message comes again after the next start.
        }
        catch (ReadingQueueException error)
        {
            log.Debug($"message {tag} comes again: {error.Message}");
        }
    }
}
