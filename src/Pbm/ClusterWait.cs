using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace EnergyNode.Pbm;

/// <summary>Asks for <c>cluster status</c> until it is as wanted. A node that is not there yet is waited for.</summary>
internal sealed class ClusterWait(PbmHost host, NodeConnector connector, IReadOnlyList<WaitCondition> conditions)
{
    private static readonly IReadOnlyDictionary<string, AnswerCell> NoArguments =
        ReadOnlyDictionary<string, AnswerCell>.Empty;

    private string lastSeen = "no answer yet";

    /// <summary>Declared like a command of the node, so that help and binding treat it as one.</summary>
    public static CatalogueCommand Command { get; } = new(
        "cluster",
        "wait",
        "wait until height=N, members=N and healthy hold; ends with 5 if they do not in time",
        [
            new("for", ArgumentKind.Text, "height=N, members=N (at least N), healthy; several joined by commas")
            {
                Required = true,
            },
        ]);

    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromSeconds(30);

    /// <summary>The status that met all conditions.</summary>
    /// <exception cref="PbmException">Code 5 when time is up; 2, 4 and 70 at once.</exception>
    public async Task<Answer> RunAsync(TimeSpan timeout, CancellationToken interrupted)
    {
        using var timer = new CancellationTokenSource(timeout, host.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, interrupted);
        try
        {
            while (true)
            {
                if (await AttemptAsync(either.Token).ConfigureAwait(false) is { } status)
                {
                    return status;
                }

                await Task.Delay(host.Limits.WaitInterval, host.Clock, either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!interrupted.IsCancellationRequested)
        {
            throw new PbmException(
                PbmExit.Timeout,
                $"waited {timeout.TotalSeconds:0.###} s in vain, {lastSeen}; "
                + "allow more time or see pbm cluster status");
        }
    }

    // Null: not yet. Each attempt has its own time, so that one stopped process does not use up the whole wait.
    private async Task<Answer?> AttemptAsync(CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(host.Limits.WaitAttemptTimeout, host.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            using AdminSession session = await connector.ConnectAsync(connector.Resolve(), either.Token)
                .ConfigureAwait(false);
            Answer status = await session
                .AskAsync("cluster status", NoArguments, host.Limits.WaitAttemptTimeout, either.Token)
                .ConfigureAwait(false);
            return Judge(status);
        }
        catch (PbmException e) when (e.ExitCode == PbmExit.CannotConnect)
        {
            lastSeen = "the node was not reachable";
            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            lastSeen = "the node did not answer";
            return null;
        }
    }

    private Answer? Judge(Answer status)
    {
        if (!status.Ok && status.ExitCode is PbmExit.Usage or PbmExit.NotAuthorised)
        {
            throw new PbmException(status.ExitCode, TerminalText.Sanitise(status.Error ?? ""));
        }

        if (status.Ok && conditions.All(condition => condition.IsMet(status)))
        {
            return status;
        }

        lastSeen = status.Ok
            ? "last seen " + string.Join(", ", conditions.Select(condition => condition.Describe(status)))
            : TerminalText.Sanitise(status.Error ?? "");
        return null;
    }
}
