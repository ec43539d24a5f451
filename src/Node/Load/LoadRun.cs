using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Demo;
using EnergyNode.Node.Gateway;
using EnergyNode.Node.Neighbours;
using EnergyNode.Node.Network;
using EnergyNode.Node.Setup;

namespace EnergyNode.Node.Load;

/// <summary>One load test on a created network: start, warm up, measure, settle.</summary>
internal sealed class LoadRun(
    LoadOptions options,
    LoadAccounts accounts,
    CreatedNetwork network,
    ValidatorFleet fleet,
    DemoTerminal terminal,
    TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly List<Task<double>> _sent = [];

    /// <exception cref="GatewayException">The validators do not do their work.</exception>
    /// <exception cref="DemoException">A validator ended.</exception>
    public async Task<LoadFigures> RunAsync(CancellationToken cancellation)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        fleet.StartAll();
        await using GatewayClient gateway = new(
            new GatewayOptions { Chain = LoadAccounts.Chain },
            [.. network.Validators.Select(v =>
                new ValidatorEndpoint(v.Name, v.Key, new PeerAddress("127.0.0.1", v.PeerPort)))],
            accounts.GatewaySigner,
            new Ed25519Verifier(),
            time);
        Task<LoadFigures> work = MeasureAsync(gateway, stop.Token);
        try
        {
            return await Task.WhenAny(work, fleet.Failed) == work
                ? await work
                : throw new DemoException((await fleet.Failed).ToString(), isUsage: false);
        }
        finally
        {
            await stop.CancelAsync();
            await work.ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    private async Task<LoadFigures> MeasureAsync(GatewayClient gateway, CancellationToken cancellation)
    {
        await AwaitLinksAsync(gateway, cancellation);
        LoadPlan plan = new(LoadAccounts.Chain, accounts.Homes, network.Genesis.Market.FirstEpoch, options);
        SignedStream stream = new(LoadAccounts.Chain, accounts.GatewaySigner);
        long begun = time.GetTimestamp();
        TimeSpan warm = TimeSpan.FromSeconds(options.WarmUpSeconds);
        await SendAsync(gateway, plan, stream, begun, warm, cancellation);
        LoadSnapshot first = await SnapshotAsync(gateway, cancellation);
        int before = _sent.Count;
        TimeSpan end = time.GetElapsedTime(begun) + TimeSpan.FromSeconds(options.Seconds);
        await SendAsync(gateway, plan, stream, begun, end, cancellation);
        LoadSnapshot last = await SnapshotAsync(gateway, cancellation);
        await AwaitFinalAsync(cancellation);
        return new LoadFigures
        {
            Options = options,
            Begin = first,
            End = last,
            Elapsed = time.GetElapsedTime(first.Timestamp, last.Timestamp),
            FinalityMs = [.. _sent.Skip(before).Select(static sent => sent.Result)],
            Processors = Environment.ProcessorCount,
        };
    }

    /// <summary>Sends what is due each time that the gateway has gathered; what is late is sent at once.</summary>
    /// <param name="until">Since the start of the load.</param>
    private async Task SendAsync(
        GatewayClient gateway,
        LoadPlan plan,
        SignedStream stream,
        long begun,
        TimeSpan until,
        CancellationToken cancellation)
    {
        TimeSpan now = time.GetElapsedTime(begun);
        while (now < until)
        {
            TimeSpan next = now + LoadLimits.GatherTime;
            IReadOnlyList<Command> commands = plan.Due(now);
            if (commands.Count > 0)
            {
                foreach (SignedBatch batch in stream.Sign(commands, UtcTime.Of(time.GetUtcNow())))
                {
                    _sent.Add(FollowAsync(await gateway.BeginAsync(batch, cancellation)));
                }
            }

            FailIfFailed();
            Show(plan, now);
            now = time.GetElapsedTime(begun);
            if (next > now)
            {
                await Task.Delay(next - now, time, cancellation);
                now = time.GetElapsedTime(begun);
            }
        }
    }

    /// <returns>How long it took to be final, in ms. The batch itself is forgotten.</returns>
    private static async Task<double> FollowAsync(Submission submission) =>
        (await submission.Final).Latency.TotalMilliseconds;

    /// <summary>A refusal ends the test at once and not after all of it.</summary>
    private void FailIfFailed()
    {
        for (int i = Math.Max(0, _sent.Count - GatewayLimits.MaxInFlight); i < _sent.Count; i++)
        {
            if (_sent[i] is { IsFaulted: true, Exception.InnerException: { } failure })
            {
                throw failure;
            }
        }
    }

    private async Task<LoadSnapshot> SnapshotAsync(GatewayClient gateway, CancellationToken cancellation)
    {
        QuorumState state = await new QuorumReader(gateway, time).ReadAsync([[StateTables.Totals]], cancellation);
        long timestamp = time.GetTimestamp();
        MachineTime machine = MachineTime.Read();
        TimeSpan own = Environment.CpuUsage.TotalTime;
        IReadOnlyList<KeyValuePair<string, long>>[] works = await Task.WhenAll(
            network.Validators.Select(validator => WorkProbe.ReadAsync(validator.AdminPort, cancellation)));
        BorshReader reader = new(state.Parts[0].Count == 1 ? state.Parts[0][0].Value : []);
        MarketTotals totals = MarketTotals.Decode(ref reader);
        return reader.End()
            ? new LoadSnapshot(timestamp, machine, own, state.Height, totals, works)
            : throw new GatewayException("the validators report totals that cannot be read");
    }

    private async Task AwaitFinalAsync(CancellationToken cancellation)
    {
        try
        {
            await Task.WhenAll(_sent).WaitAsync(LoadLimits.SettleTimeout, time, cancellation);
        }
        catch (TimeoutException)
        {
            throw new GatewayException(
                $"not all batches were final {LoadLimits.SettleTimeout.TotalSeconds:0} s after the last was sent");
        }
    }

    private async Task AwaitLinksAsync(GatewayClient gateway, CancellationToken cancellation)
    {
        long begun = time.GetTimestamp();
        while (gateway.Links.Any(link => !link.Connected) && time.GetElapsedTime(begun) < DemoLimits.StartPatience)
        {
            await Task.Delay(Pause, time, cancellation);
        }
    }

    private void Show(LoadPlan plan, TimeSpan now)
    {
        if (terminal.Mode == DisplayMode.Live)
        {
            terminal.Show(
                $"{now.TotalSeconds:0} of {options.WarmUpSeconds + options.Seconds} s  "
                + $"{plan.Orders} orders and {plan.Readings} readings sent  "
                + $"{_sent.Count(static sent => !sent.IsCompleted)} batches under way");
        }
    }
}
