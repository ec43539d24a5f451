using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Gateway;
using EnergyNode.Node.Setup;

namespace EnergyNode.Node.Readings;

/// <summary>
/// Sends a plan in order and follows it to finality. At most <see cref="ReadingsLimits.BatchesAhead"/> batches are
/// signed ahead of the last confirmed one: the ledger's pace is the pace of the source.
/// </summary>
internal sealed class ReadingSubmission(
    ChainId chain, GatewayClient gateway, MeterKeys keys, SubmitPlan plan, TimeProvider time)
{
    /// <param name="nonce">The highest that the gateway has used.</param>
    /// <param name="cancellation">Stops; what is confirmed stays so.</param>
    /// <returns>How many readings were confirmed.</returns>
    /// <exception cref="GatewayException">A batch is not executed as it should be.</exception>
    public async Task<long> RunAsync(long nonce, CancellationToken cancellation)
    {
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Channel<Submission> submissions = Channel.CreateBounded<Submission>(ReadingsLimits.BatchesAhead);
        Task sending = SendAsync(nonce, submissions.Writer, both.Token);
        long confirmed = 0;
        try
        {
            await foreach (Submission submission in submissions.Reader.ReadAllAsync(cancellation))
            {
                BatchFinality finality = await submission.Final.WaitAsync(cancellation);
                confirmed += finality.Batch.Commands.Count(static command => command is Command.SubmitReading);
            }
        }
        finally
        {
            await both.CancelAsync();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await sending;
        return confirmed;
    }

    /// <summary>The commands of an epoch, cut into batches; the last one closes it.</summary>
    internal IEnumerable<IReadOnlyList<Command>> BatchesOf(long epoch, IReadOnlyList<MeasuredReading> readings)
    {
        for (int at = 0; at < readings.Count || at == 0; at += SubmitPlan.ReadingsPerBatch)
        {
            List<Command> commands =
            [
                .. readings.Skip(at).Take(SubmitPlan.ReadingsPerBatch)
                    .Select(reading => new Command.SubmitReading(reading.Sign(chain, keys[reading.Meter]))),
            ];
            if (at + SubmitPlan.ReadingsPerBatch >= readings.Count)
            {
                commands.Add(new Command.CloseEpoch(new EpochIndex(epoch)));
            }

            yield return commands;
        }
    }

    private async Task SendAsync(long nonce, ChannelWriter<Submission> submissions, CancellationToken cancellation)
    {
        try
        {
            foreach ((long epoch, List<MeasuredReading> readings) in plan.Epochs)
            {
                foreach (IReadOnlyList<Command> commands in BatchesOf(epoch, readings))
                {
                    SignedBatch batch = SignedBatch.Sign(
                        chain,
                        ++nonce,
                        UtcTime.Of(time.GetUtcNow()).Plus(Duration.FromSeconds(GatewayLimits.ValiditySeconds)),
                        BatchFlags.InOrder,
                        commands,
                        keys.Gateway);
                    await submissions.WriteAsync(await gateway.BeginAsync(batch, cancellation), cancellation);
                }
            }
        }
        finally
        {
            submissions.Complete();
        }
    }
}
