using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace EnergyNode.Node.Admin;

/// <summary>From one request line to one reply: token, command, arguments, handler, in this order.</summary>
internal sealed class AdminDispatcher
{
    private readonly AdminOptions options;
    private readonly AdminRegistry registry;
    private readonly AdminToken token;
    private readonly TimeProvider clock;
    private readonly SemaphoreSlim slots;

    public AdminDispatcher(AdminOptions options, AdminRegistry registry, AdminToken token, TimeProvider clock)
    {
        this.options = options;
        this.registry = registry;
        this.token = token;
        this.clock = clock;
        slots = new SemaphoreSlim(options.Limits.MaxConcurrentRequests);
    }

    public async Task<AdminReply> AnswerAsync(ReadOnlyMemory<byte> line, CancellationToken stopping)
    {
        AdminRequestLine? request = AdminRequestLine.Parse(line, options.Limits.MaxJsonDepth, out string problem);
        if (request is null)
        {
            return new AdminReply(AdminTable.Refuse(problem, AdminExit.Usage), Closes: true);
        }

        if (!token.Matches(request.Token))
        {
            const string Error = "the token is not this node's; use the one in its discovery file";
            return new AdminReply(AdminTable.Refuse(Error, AdminExit.NotAuthorised), Closes: true);
        }

        if (request.Command == AdminRegistry.HelpWord)
        {
            return new AdminReply(HelpTable(), registry.Commands);
        }

        if (registry.Find(request.Command) is not { } command)
        {
            string error = $"this node has no command '{request.Command}'; 'help' lists those it has";
            return new AdminReply(AdminTable.Refuse(error, AdminExit.Usage));
        }

        return AdminArguments.Bind(command, request.Arguments, out problem) is { } bound
            ? new AdminReply(await RunAsync(bound, request.TimeoutMillis, stopping).ConfigureAwait(false))
            : new AdminReply(AdminTable.Refuse(problem, AdminExit.Usage));
    }

    private async Task<AdminTable> RunAsync(AdminRequest request, long? timeoutMillis, CancellationToken stopping)
    {
        TimeSpan timeout = Timeout(timeoutMillis);
        using var timer = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stopping);
        try
        {
            await slots.WaitAsync(either.Token).ConfigureAwait(false);
            Task<AdminTable> work = RunHandlerAsync(request, either.Token);
            return await work.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return AdminTable.Refuse("the node is stopping", AdminExit.CannotConnect);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested)
        {
            string error = $"'{request.Command.FullName}' took longer than {timeout.TotalMilliseconds:F0} ms; "
                + "allow more time or look at the node's load";
            return AdminTable.Refuse(error, AdminExit.Timeout);
        }
        catch (TimeoutException e)
        {
            string error = $"'{request.Command.FullName}' had no answer from a part of the node ({e.Message}); "
                + "try again";
            return AdminTable.Refuse(error, AdminExit.Timeout);
        }
        catch (Exception e)
        {
            // A fault of one command must not take the port away from the operator who looks for it.
            options.OnFault?.Invoke(request.Command.FullName, e);
            string error = $"'{request.Command.FullName}' failed inside the node ({e.GetType().Name}); see its log";
            return AdminTable.Refuse(error, AdminExit.Internal);
        }
    }

    // The slot is freed when the handler ends, not when its caller stops waiting: one that ignores its token counts.
    private Task<AdminTable> RunHandlerAsync(AdminRequest request, CancellationToken cancellation) => Task.Run(
        async () =>
        {
            try
            {
                return await request.Command.Handler(request, cancellation).ConfigureAwait(false);
            }
            finally
            {
                slots.Release();
            }
        },
        CancellationToken.None);

    private TimeSpan Timeout(long? millis)
    {
        AdminLimits limits = options.Limits;
        if (millis is not { } asked)
        {
            return limits.DefaultRequestTimeout;
        }

        long most = (long)limits.MaxRequestTimeout.TotalMilliseconds;
        return TimeSpan.FromMilliseconds(Math.Clamp(asked, 1, most));
    }

    private AdminTable HelpTable()
    {
        var rows = new List<AdminCell[]>();
        foreach (AdminCommand command in registry.Commands)
        {
            string arguments = string.Join(' ', command.Arguments.Select(Usage));
            rows.Add([command.FullName, arguments, command.Description]);
        }

        return new AdminTable([new("command"), new("arguments"), new("description")], rows)
        {
            Summary = $"Count: {rows.Count} commands",
        };
    }

    private static string Usage(AdminArgument argument)
    {
        string word = argument.Positional ? argument.Name.ToUpperInvariant()
            : argument.Kind == AdminArgumentKind.Flag ? $"--{argument.Name}"
            : $"--{argument.Name} {AdminArguments.KindWord(argument.Kind).ToUpperInvariant()}";
        return argument.Required ? word : $"[{word}]";
    }
}
