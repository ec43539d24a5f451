using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using EnergyNode.Node.Cli;
using EnergyNode.Node.Gateway;
using EnergyNode.Node.Hosting;
using EnergyNode.Node.Setup;
using Command = System.CommandLine.Command;

namespace EnergyNode.Node.Client;

/// <summary><c>energynode governance list</c>: open proposals, as f + 1 validators report them.</summary>
internal sealed class ProposalList(TextWriter output, TimeProvider time)
{
    public static Command Build()
    {
        ClientOptions options = new();
        Command list = new(
            "list",
            "Lists what is proposed and not decided, as f + 1 validators report it.\n\n"
            + "Example: energynode governance list --config net/validator-1/cluster.hocon --keys net");
        options.AddTo(list);
        list.SetAction((parsed, cancellation) =>
            new ProposalList(Console.Out, TimeProvider.System).RunAsync(options.Read(parsed), cancellation));
        return list;
    }

    /// <exception cref="CommandFailedException">A file is wrong, or the network gives no answer.</exception>
    public async Task<int> RunAsync(ClientChoice choice, CancellationToken cancellation)
    {
        await using ClientSession session = await ClientSession.OpenAsync(choice, time, cancellation);
        try
        {
            QuorumState state = await session.Reader().ReadAsync([[StateTables.Proposals]], cancellation);
            List<(ProposalId Id, Proposal Proposal)> proposals = [.. state.Parts[0].Select(Read)];
            output.WriteLine(choice.Json ? Json(state.Height, proposals).ToJsonString() : Text(proposals));
            return ExitCodes.Ok;
        }
        catch (GatewayException error)
        {
            throw new CommandFailedException(ExitCodes.Failed, $"{error.Message}; try again");
        }
    }

    private static (ProposalId Id, Proposal Proposal) Read(KeyValuePair<byte[], byte[]> leaf)
    {
        BorshReader key = new(leaf.Key);
        key.U8();
        ProposalId id = new(key.I64());
        BorshReader value = new(leaf.Value);
        Proposal proposal = Proposal.Decode(ref value);
        return key.End() && value.End()
            ? (id, proposal)
            : throw new GatewayException("the validators report a proposal that cannot be read");
    }

    private static string Text(List<(ProposalId Id, Proposal Proposal)> proposals) => proposals.Count == 0
        ? "nothing is proposed"
        : string.Join('\n', proposals.Select(static entry =>
            $"proposal {entry.Id}: {GovernanceActionText.Of(entry.Proposal.Action)}\n"
            + $"  by {entry.Proposal.Proposer}, approved by {string.Join(", ", entry.Proposal.Approvals)}; "
            + $"decided from {UtcTime.Render(entry.Proposal.NotBefore)} to {UtcTime.Render(entry.Proposal.Expires)}"));

    private static JsonObject Json(Height height, List<(ProposalId Id, Proposal Proposal)> proposals) => new()
    {
        ["height"] = height.Value,
        ["proposals"] = new JsonArray([.. proposals.Select(static entry => new JsonObject
        {
            ["proposal"] = entry.Id.Value,
            ["action"] = GovernanceActionText.Of(entry.Proposal.Action),
            ["proposer"] = entry.Proposal.Proposer.ToString(),
            ["approvals"] = new JsonArray(
                [.. entry.Proposal.Approvals.Select(static name => JsonValue.Create(name.ToString()))]),
            ["notBefore"] = UtcTime.Render(entry.Proposal.NotBefore),
            ["expires"] = UtcTime.Render(entry.Proposal.Expires),
        })]),
    };
}
