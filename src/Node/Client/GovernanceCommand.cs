using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Node.Hosting;
using EnergyNode.Node.Setup;
using Command = System.CommandLine.Command;
using LedgerCommand = EnergyNode.Ledger.Command;

namespace EnergyNode.Node.Client;

/// <summary><c>energynode governance</c>: changes that several must agree on, docs/spec/governance.md.</summary>
internal static class GovernanceCommand
{
    private const string LockName = "--lock";
    private const string UntilName = "--until";

    public static Command Build() => new(
        "governance",
        "Proposes changes of the market and of the chain, approves and lists them.\n\n"
        + "Example: energynode governance propose price retail 230000 --config net/validator-1/cluster.hocon "
        + "--keys net\n"
        + "         energynode governance approve 1 --config net/validator-1/cluster.hocon --keys net "
        + "--account alice")
    {
        Propose(),
        OfProposal(
            "approve",
            "Approves a proposal.",
            static (_, id) => new LedgerCommand.ApproveProposal(id),
            "approved"),
        OfProposal(
            "withdraw",
            "Takes one's own approval back.",
            static (_, id) => new LedgerCommand.WithdrawApproval(id),
            "the approval was taken back"),
        OfProposal(
            "cancel",
            "Ends a proposal of one's own before it is decided.",
            static (account, id) => new LedgerCommand.CancelProposal(account, id),
            "cancelled"),
        ProposalList.Build(),
    };

    /// <param name="action">What to propose.</param>
    /// <param name="words">With the time lock and the expiry.</param>
    internal static Func<AccountId, Instant, ClientRequest> ToPropose(GovernanceAction action, Words words)
    {
        Duration hold = words.Span(LockName, Limits.MaxProposalLock);
        Duration until = words.Span(UntilName, Limits.MaxProposalLife);
        return (_, now) =>
        {
            Instant notBefore = now.Plus(hold).Plus(ClientLimits.LockMargin);
            if (notBefore > now.Plus(Limits.MaxProposalLock))
            {
                notBefore = now.Plus(Limits.MaxProposalLock);
            }

            Instant expires = now.Plus(until);
            return expires < notBefore
                ? throw new Cli.CommandFailedException(
                    Cli.ExitCodes.Usage,
                    $"{UntilName} {words.Text(UntilName)}: it would end before its lock does, a minute after "
                    + $"{LockName}; write a longer time")
                : new ClientRequest(
                    new LedgerCommand.Propose(action, notBefore, expires),
                    "proposal",
                    id => $"proposal {new ProposalId(id)}: {GovernanceActionText.Of(action)}, decided at a close from "
                        + $"{UtcTime.Render(notBefore)} to {UtcTime.Render(expires)}");
        };
    }

    private static Command Propose()
    {
        Command propose = new(
            "propose",
            "Proposes a change, which counts as the proposer's approval. It is decided at the first close of an epoch\n"
            + "after its lock that finds enough approvals.\n\n"
            + "Example: energynode governance propose price retail 230000 --lock 1h --keys net");
        foreach (ProposalAction action in ProposalActions.All)
        {
            propose.Add(ProposeOne(action));
        }

        return propose;
    }

    private static Command ProposeOne(ProposalAction action)
    {
        Option<string> hold = new(LockName)
        {
            Description = "no close before decides it, 0s to 30d; a minute is added for its way to the ledger",
            DefaultValueFactory = _ => "0s",
        };
        Option<string> until = new(UntilName)
        {
            Description = "it is forgotten when not decided by then, at most 90d",
            DefaultValueFactory = _ => "7d",
        };
        Command command = new(
            action.Name,
            $"{action.Help}\n\nExample: energynode governance propose {action.Name} {action.Example} --keys net")
        {
            hold, until,
        };
        List<Argument<string?>> arguments =
        [
            .. action.Arguments.Select((argument, at) => new Argument<string?>(argument.Name)
            {
                Description = argument.Help,
                Arity = at >= action.Arguments.Count - action.Optional
                    ? ArgumentArity.ZeroOrOne
                    : ArgumentArity.ExactlyOne,
            }),
        ];
        arguments.ForEach(command.Arguments.Add);
        return ClientCommand.Build(command, parsed =>
        {
            Dictionary<string, string?> words = arguments.ToDictionary(
                static argument => argument.Name, parsed.GetValue, StringComparer.Ordinal);
            words.Add(LockName, parsed.GetValue(hold));
            words.Add(UntilName, parsed.GetValue(until));
            return ToPropose(action.Read(new Words(words)), new Words(words));
        });
    }

    private static Command OfProposal(
        string name, string help, Func<AccountId, ProposalId, LedgerCommand> make, string done)
    {
        Argument<string> number = new("number") { Description = "of the proposal, as `governance list` shows it" };
        Command command = new(
            name,
            $"{help}\n\nExample: energynode governance {name} 1 --config net/validator-1/cluster.hocon --keys net")
        {
            number,
        };
        return ClientCommand.Build(command, parsed =>
        {
            Words words = new(new Dictionary<string, string?> { ["number"] = parsed.GetValue(number) });
            ProposalId id = new(words.Number("number", 1, long.MaxValue));
            return (account, _) => new ClientRequest(make(account, id), null, _ => $"proposal {id}: {done}");
        });
    }
}
