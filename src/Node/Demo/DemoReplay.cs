using System;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Gateway;
using EnergyNode.Node.Setup;

namespace EnergyNode.Node.Demo;

/// <summary>Sends one batch for each epoch, ahead of finality, and follows them to it in order.</summary>
internal sealed class DemoReplay(
    DemoInput input, EpochBatchBuilder builder, GatewayClient gateway, DemoProgress progress, TimeProvider time)
    : IReplay
{
    private readonly TaskCompletionSource _halfWay = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task HalfWay => _halfWay.Task;

    /// <summary>A home that has run out of money cannot bid; the market goes on without its bid.</summary>
    public static bool Tolerates(Command command, LedgerError error) =>
        command is Command.PlaceOrder { Side: Side.Buy } && error == LedgerError.InsufficientBalance;

    public async Task RunAsync(CancellationToken cancellation)
    {
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Channel<Submission> submissions = Channel.CreateUnbounded<Submission>();
        Task sending = SendAllAsync(submissions.Writer, both.Token);
        try
        {
            await foreach (Submission submission in submissions.Reader.ReadAllAsync(cancellation))
            {
                progress.Add(await submission.Final.WaitAsync(cancellation));
                if (progress.FinalEpochs * 2 >= progress.Epochs)
                {
                    _halfWay.TrySetResult();
                }
            }
        }
        finally
        {
            await both.CancelAsync();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await sending;
    }

    private async Task SendAllAsync(ChannelWriter<Submission> submissions, CancellationToken cancellation)
    {
        try
        {
            foreach (ReadingInterval interval in input.Intervals)
            {
                SignedBatch batch = builder.Build(interval, UtcTime.Of(time.GetUtcNow()));
                await submissions.WriteAsync(await gateway.BeginAsync(batch, cancellation), cancellation);
            }
        }
        finally
        {
            submissions.Complete();
        }
    }
}
