using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using EnergyNode.Node.Cli;
using EnergyNode.Node.Gateway;
using Command = System.CommandLine.Command;

namespace EnergyNode.Node.Client;

/// <summary>Runs a command that an account signs, and says what the ledger made of it.</summary>
internal sealed class ClientCommand(TextWriter output, TimeProvider time)
{
    /// <summary>Makes a command that sends one request.</summary>
    /// <param name="command">Its words; the options of a client are added.</param>
    /// <param name="ask">Makes the request of what was typed; refuses wrong words before anything is opened.</param>
    public static Command Build(Command command, Func<ParseResult, Func<AccountId, Instant, ClientRequest>> ask)
    {
        ClientOptions options = new();
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => new ClientCommand(Console.Out, TimeProvider.System)
            .RunAsync(options.Read(parsed), ask(parsed), cancellation));
        return command;
    }

    /// <param name="choice">Which network, and who asks.</param>
    /// <param name="ask">Makes the request, given who asks and when.</param>
    /// <param name="cancellation">Gives up; what was submitted may still be executed.</param>
    /// <returns>Failed when the ledger refuses.</returns>
    /// <exception cref="CommandFailedException">A file is wrong, or the network gives no answer.</exception>
    public async Task<int> RunAsync(
        ClientChoice choice, Func<AccountId, Instant, ClientRequest> ask, CancellationToken cancellation)
    {
        await using ClientSession session = await ClientSession.OpenAsync(choice, time, cancellation);
        ClientRequest request = ask(session.Account, session.Now);
        try
        {
            (Receipt receipt, Height height) = await session.SendAsync(request.Command, cancellation);
            return Report(request, receipt, height, choice.Json);
        }
        catch (GatewayException error)
        {
            throw new CommandFailedException(
                ExitCodes.Failed,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{error.Message.ReplaceLineEndings(" ")}; if it was submitted it may still be executed, for ")
                + string.Create(
                    CultureInfo.InvariantCulture,
                    $"{ClientLimits.Validity.Micros / Instant.MicrosPerSecond} s: look before you repeat it"));
        }
    }

    private int Report(ClientRequest request, in Receipt receipt, Height height, bool json)
    {
        bool done = receipt.Error == LedgerError.None;
        if (json)
        {
            JsonObject line = new()
            {
                ["ok"] = done,
                ["block"] = height.Value,
                ["error"] = done ? null : receipt.Error.ToString(),
            };
            if (done && request.ValueName is { } name)
            {
                line[name] = receipt.Value;
            }

            output.WriteLine(line.ToJsonString());
            return done ? ExitCodes.Ok : ExitCodes.Failed;
        }

        if (!done)
        {
            throw new CommandFailedException(
                ExitCodes.Failed,
                $"the ledger refuses it in block {height}: {receipt.Error}; nothing was changed, docs/spec/ledger.md "
                + "says when that is so");
        }

        output.WriteLine($"{request.Text(receipt.Value)} (block {height})");
        return ExitCodes.Ok;
    }
}
