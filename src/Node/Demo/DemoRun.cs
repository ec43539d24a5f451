using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Actors.Clients;
using EnergyNode.Ledger;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Gateway;
using EnergyNode.Node.Neighbours;
using EnergyNode.Node.Network;
using EnergyNode.Node.Setup;

namespace EnergyNode.Node.Demo;

/// <summary>One demo on a created network: start, replay, kill and restart if wanted, settle, read.</summary>
internal sealed class DemoRun(
    DemoOptions options,
    DemoInput input,
    DemoAccounts accounts,
    CreatedNetwork network,
    ValidatorFleet fleet,
    DemoTerminal terminal,
    TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private NeighbourReplay? _neighbours;

    /// <exception cref="GatewayException">The validators do not do their work.</exception>
    /// <exception cref="DemoException">A validator ended, or the outcome contradicts itself.</exception>
    public async Task<DemoSummary> RunAsync(CancellationToken cancellation)
    {
        long begun = time.GetTimestamp();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        fleet.StartAll();
        await using GatewayClient gateway = new(
            new GatewayOptions { Chain = DemoAccounts.Chain, Tolerates = DemoReplay.Tolerates },
            [.. network.Validators.Select(v =>
                new ValidatorEndpoint(v.Name, v.Key, new PeerAddress("127.0.0.1", v.PeerPort)))],
            accounts.GatewaySigner,
            new Ed25519Verifier(),
            time);
        DemoProgress progress = new(input.Intervals.Count);
        ProgressDisplay display = new(progress, gateway, terminal, time);
        Task showing = display.RunAsync(stop.Token);
        Task<IReadOnlyList<ClientAnswer>> work = WorkAsync(gateway, progress, stop.Token);
        try
        {
            if (await Task.WhenAny(work, fleet.Failed) == fleet.Failed)
            {
                throw new DemoException((await fleet.Failed).ToString(), isUsage: false);
            }

            IReadOnlyList<ClientAnswer> heads = await work;
            MarketFigures figures = await MarketFigures.ReadAsync(new QuorumReader(gateway, time), stop.Token);
            Check(figures);
            return Summarize(figures, heads, progress, time.GetElapsedTime(begun));
        }
        finally
        {
            await stop.CancelAsync();
            await showing;
            await work.ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    private IReplay CreateReplay(GatewayClient gateway, DemoProgress progress)
    {
        if (input.Neighbourhood is not { } neighbourhood)
        {
            EpochBatchBuilder builder = new(
                DemoAccounts.Chain,
                network.Genesis.Market,
                MarketDefaults.Book,
                accounts.Homes,
                input.Tariff,
                accounts.GatewaySigner);
            return new DemoReplay(input, builder, gateway, progress, time);
        }

        EpochPlanner planner = new(
            DemoAccounts.Chain,
            network.Genesis.Market,
            neighbourhood,
            accounts.Homes,
            input.Intervals,
            input.Tariff);
        _neighbours = new NeighbourReplay(neighbourhood, planner, accounts, gateway, progress, time);
        return _neighbours;
    }

    /// <returns>Where each validator stands when all stand alike.</returns>
    private async Task<IReadOnlyList<ClientAnswer>> WorkAsync(
        GatewayClient gateway, DemoProgress progress, CancellationToken cancellation)
    {
        IReplay replay = CreateReplay(gateway, progress);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task killing = KillAndRestartAsync(replay.HalfWay, both.Token);
        try
        {
            await AwaitLinksAsync(gateway, cancellation);
            await replay.RunAsync(cancellation);
            await killing;
        }
        finally
        {
            await both.CancelAsync();
            await killing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return await SettleAsync(gateway, progress.Height, cancellation);
    }

    /// <summary>
    /// The start of the processes is no part of finality. Who does not come up in time is waited for no longer.
    /// </summary>
    private async Task AwaitLinksAsync(GatewayClient gateway, CancellationToken cancellation)
    {
        long begun = time.GetTimestamp();
        while (gateway.Links.Any(link => !link.Connected) && time.GetElapsedTime(begun) < DemoLimits.StartPatience)
        {
            await Task.Delay(Pause, time, cancellation);
        }
    }

    private async Task KillAndRestartAsync(Task halfWay, CancellationToken cancellation)
    {
        if (options.Kill is not { } number)
        {
            return;
        }

        await halfWay.WaitAsync(cancellation);
        await fleet.KillAsync(number - 1);
        terminal.Note($"killed validator-{number}; it comes back in {DemoLimits.RestartAfter.TotalSeconds:0} s");
        await Task.Delay(DemoLimits.RestartAfter, time, cancellation);
        fleet.Start(number - 1);
        terminal.Note($"started validator-{number} again");
    }

    private async Task<IReadOnlyList<ClientAnswer>> SettleAsync(
        GatewayClient gateway, Height atLeast, CancellationToken cancellation)
    {
        QuorumReader reader = new(gateway, time);
        long begun = time.GetTimestamp();
        IReadOnlyList<ClientAnswer?> heads = [];
        while (time.GetElapsedTime(begun) < DemoLimits.SettleTimeout)
        {
            if (fleet.Lost is { Count: > 0 } lost)
            {
                throw new DemoException(
                    $"{string.Join(", ", lost)} was ended from outside, so not all validators can report",
                    isUsage: false);
            }

            heads = await reader.ReadHeadsAsync(cancellation);
            if (heads.All(head => head is not null && head.Height >= atLeast)
                && heads.DistinctBy(head => (head!.Height, head.StateRoot)).Count() == 1)
            {
                return [.. heads.OfType<ClientAnswer>()];
            }

            await Task.Delay(Pause, time, cancellation);
        }

        string stand = string.Join(", ", heads.Select((head, i) =>
            $"{network.Validators[i].Name} {(head is null ? "silent" : $"{head.Height} {head.StateRoot.Short()}")}"));
        throw new DemoException($"the validators did not come to one height and state root ({stand})", isUsage: false);
    }

    /// <summary>Every reading that was sent must have been counted, and every epoch closed.</summary>
    private void Check(MarketFigures figures)
    {
        if (figures.Totals.OpenEpoch.Value != input.Intervals.Count
            || figures.Totals.Readings != input.ExpectedReadings)
        {
            throw new DemoException(
                $"the ledger counts {figures.Totals.OpenEpoch} epochs and {figures.Totals.Readings} readings, "
                + $"but {input.Intervals.Count} and {input.ExpectedReadings} were sent",
                isUsage: false);
        }
    }

    private DemoSummary Summarize(
        MarketFigures figures, IReadOnlyList<ClientAnswer> heads, DemoProgress progress, TimeSpan elapsed)
    {
        IReadOnlyList<long> peaks = fleet.PeakMemoryKib();
        return new DemoSummary
        {
            Validators =
            [
                .. network.Validators.Select((validator, i) => new ValidatorFigures(
                    validator.Name, heads[i].Height, heads[i].StateRoot, peaks[i])),
            ],
            Consensus = network.Genesis.Consensus,
            Market = figures,
            Input = input.Report,
            Neighbours = _neighbours?.Figures,
            RefusedOrders = progress.RefusedOrders,
            FinalityMsP50 = progress.FinalityMs(50),
            FinalityMsP99 = progress.FinalityMs(99),
            ElapsedSeconds = Math.Round(elapsed.TotalSeconds, 1),
        };
    }
}
