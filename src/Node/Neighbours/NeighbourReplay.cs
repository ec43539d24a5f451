using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using EnergyNode.Node.Demo;
using EnergyNode.Node.Gateway;
using EnergyNode.Node.Setup;

namespace EnergyNode.Node.Neighbours;

/// <summary>
/// Sends one epoch after the other. The next one is planned when the one before is final and read back, since what the
/// homes do depends on what they have bought and sold ahead.
/// </summary>
internal sealed class NeighbourReplay(
    Neighbourhood neighbourhood,
    EpochPlanner planner,
    DemoAccounts accounts,
    GatewayClient gateway,
    DemoProgress progress,
    TimeProvider time) : IReplay
{
    private readonly TaskCompletionSource _halfWay = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<QuarterFigures> _quarters = [];

    public Task HalfWay => _halfWay.Task;

    public NeighbourFigures Figures => new(neighbourhood, _quarters);

    public async Task RunAsync(CancellationToken cancellation)
    {
        SignedStream office = new(DemoAccounts.Chain, accounts.GridOperatorSigner);
        await SendAsync(office, NeighbourMarket.SetUp(neighbourhood.Homes), cancellation);
        SignedStream stream = new(DemoAccounts.Chain, accounts.GatewaySigner);
        OutcomeReader reader = new(new QuorumReader(gateway, time));
        MarketTotals before = (await reader.ReadAsync(-1, cancellation)).Totals;
        for (int epoch = 0; epoch < planner.Epochs; epoch++)
        {
            EpochPlan plan = planner.Plan(epoch);
            progress.Add(await SendAsync(stream, plan.Commands, cancellation));
            EpochOutcome outcome = await reader.ReadAsync(epoch, cancellation);
            planner.Learn(epoch + NeighbourLimits.AheadEpochs, outcome.Contracts);
            _quarters.Add(new QuarterFigures(plan.Moment, plan.Zones, before, outcome));
            before = outcome.Totals;
            if (progress.FinalEpochs * 2 >= progress.Epochs)
            {
                _halfWay.TrySetResult();
            }
        }
    }

    /// <returns>The finality of the last batch, with the receipts of all.</returns>
    private async Task<BatchFinality> SendAsync(
        SignedStream stream, IReadOnlyList<Command> commands, CancellationToken cancellation)
    {
        List<Submission> submissions = [];
        foreach (SignedBatch batch in stream.Sign(commands, UtcTime.Of(time.GetUtcNow())))
        {
            submissions.Add(await gateway.BeginAsync(batch, cancellation));
        }

        BatchFinality[] final = await Task.WhenAll(submissions.Select(submission => submission.Final))
            .WaitAsync(cancellation);
        return final[^1] with { Receipts = [.. final.SelectMany(batch => batch.Receipts)] };
    }
}
