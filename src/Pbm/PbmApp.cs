using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;

namespace EnergyNode.Pbm;

/// <summary>One run of the program: from its arguments to its exit code.</summary>
internal sealed class PbmApp(PbmHost host)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);
    private static readonly IReadOnlyDictionary<string, AnswerCell> NoArguments =
        ReadOnlyDictionary<string, AnswerCell>.Empty;

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken interrupted)
    {
        try
        {
            int code = await RunLineAsync(CommandLine.Parse(arguments, host.Limits), interrupted).ConfigureAwait(false);
            host.Out.Flush();
            return code;
        }
        catch (PbmException e)
        {
            return Fail(e.ExitCode, e.Message);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            return PbmExit.Interrupted;
        }
        catch (IOException)
        {
            // The reader of our output left (pbm … | head): it has what it wanted.
            return PbmExit.Ok;
        }
        catch (Exception e)
        {
            return Fail(PbmExit.Internal, $"internal error, {e.GetType().Name}: {e.Message}; please report it");
        }
    }

    private int Fail(int code, string message)
    {
        host.Error.Write($"pbm: {TerminalText.Sanitise(message)}\n");
        return code;
    }

    private async Task<int> RunLineAsync(CommandLine line, CancellationToken interrupted)
    {
        if (line.Version)
        {
            host.Out.Write($"pbm {Version()}\n");
            return PbmExit.Ok;
        }

        if (line.Words.Count == 0 && !line.Help)
        {
            int code = Fail(
                PbmExit.Usage, "there is no command, and the interactive shell is not there yet; give a command");
            host.Error.Write("\n" + UsageText.Program);
            return code;
        }

        if (line.Words.Count == 0)
        {
            host.Out.Write(UsageText.Program);
            return PbmExit.Ok;
        }

        return line.Words is ["cluster", "wait", ..] && !line.Help
            ? await WaitAsync(line, interrupted).ConfigureAwait(false)
            : await AskWithinTimeoutAsync(line, interrupted).ConfigureAwait(false);
    }

    private async Task<int> WaitAsync(CommandLine line, CancellationToken interrupted)
    {
        IReadOnlyDictionary<string, AnswerCell> bound =
            new ArgumentBinder(ClusterWait.Command).Bind([.. line.Words.Skip(2)]);
        IReadOnlyList<WaitCondition> conditions = WaitCondition.ParseAll(bound["for"].Text ?? "");
        var wait = new ClusterWait(host, new NodeConnector(host, line), conditions);
        Answer status = await wait.RunAsync(line.Timeout ?? ClusterWait.DefaultTimeout, interrupted)
            .ConfigureAwait(false);
        Write(status, line);
        return PbmExit.Ok;
    }

    private async Task<int> AskWithinTimeoutAsync(CommandLine line, CancellationToken interrupted)
    {
        var connector = new NodeConnector(host, line);
        NodeEndpoint endpoint = connector.Resolve();
        TimeSpan timeout = line.Timeout ?? DefaultTimeout;
        using var timer = new CancellationTokenSource(timeout, host.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, interrupted);
        try
        {
            using AdminSession session = await connector.ConnectAsync(endpoint, either.Token).ConfigureAwait(false);
            return await AskAsync(session, line, timeout, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!interrupted.IsCancellationRequested)
        {
            throw new PbmException(
                PbmExit.Timeout,
                $"no answer from {endpoint} within {timeout.TotalSeconds:0.###} s; try a longer --timeout");
        }
    }

    private async Task<int> AskAsync(
        AdminSession session, CommandLine line, TimeSpan timeout, CancellationToken cancellation)
    {
        TimeSpan nodeTimeout = timeout * host.Limits.NodeShareOfTimeoutPercent / 100;
        Answer help = await session.AskAsync("help", NoArguments, nodeTimeout, cancellation).ConfigureAwait(false);
        ThrowIfRefused(help);
        var catalogue = new Catalogue(help.Commands);
        if (line.Help || line.Words[0] == "help")
        {
            Explain(line, help, catalogue);
            return PbmExit.Ok;
        }

        if (line.Words.Count == 1)
        {
            IEnumerable<string> names = catalogue.Select(line.Words).Select(command => command.Name);
            throw new PbmException(
                PbmExit.Usage, $"'{line.Words[0]}' needs a command; it has {string.Join(", ", names)}");
        }

        CatalogueCommand command = catalogue.Find(line.Words[0], line.Words[1]);
        IReadOnlyDictionary<string, AnswerCell> bound = new ArgumentBinder(command).Bind([.. line.Words.Skip(2)]);
        Answer answer = await session.AskAsync(command.FullName, bound, nodeTimeout, cancellation)
            .ConfigureAwait(false);
        ThrowIfRefused(answer);
        Write(answer, line);
        return answer.ExitCode;
    }

    private void Explain(CommandLine line, Answer help, Catalogue catalogue)
    {
        string[] words = [.. line.Words[0] == "help" ? line.Words.Skip(1) : line.Words];
        if (words.Length == 0 && line.Format != OutputFormat.Table)
        {
            Write(help, line);
            return;
        }

        string text = UsageText.Of(catalogue.Select(words));
        host.Out.Write(string.Join('\n', text.Split('\n').Select(part => TerminalText.Sanitise(part))));
    }

    private static void ThrowIfRefused(Answer answer)
    {
        if (!answer.Ok)
        {
            throw new PbmException(answer.ExitCode, answer.Error ?? "");
        }
    }

    private void Write(Answer answer, CommandLine line)
    {
        bool colour = host is { OutIsTerminal: true, ColourPermitted: true } && !line.NoColour;
        switch (line.Format)
        {
            case OutputFormat.Json:
                JsonOutput.Write(host.Out, answer);
                break;
            case OutputFormat.Jsonl:
                JsonOutput.WriteLines(host.Out, answer);
                break;
            case OutputFormat.Csv:
                CsvOutput.Write(host.Out, answer, host.OutIsTerminal);
                break;
            case OutputFormat.Pbm:
                PipeOutput.Write(host.Out, answer);
                break;
            default:
                TableOutput.Write(host.Out, answer, line.Format == OutputFormat.Wide, colour);
                break;
        }
    }

    private static string Version() =>
        typeof(PbmApp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "unknown";
}
