using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using EnergyNode.Actors;
using EnergyNode.Actors.Node;
using EnergyNode.Consensus.Evidence;
using EnergyNode.Ledger;
using EnergyNode.Node.Admin;

namespace EnergyNode.Node.Hosting;

/// <summary>What pbm can ask about proved offences: on the ledger, or brought to it by this node.</summary>
/// <param name="genesis">Knows the names of validators that have lost their places.</param>
internal sealed class EvidenceInspection(ActorSystem system, NodeActors actors, GenesisBlock genesis)
{
    public void Register(AdminRegistry registry) => registry.Add(NodeInspection.Command(
        "sentinel", "evidence", "what validators are proved to have done", [], ShowEvidence));

    private async Task<AdminTable> ShowEvidence(AdminRequest request)
    {
        SentinelMessage.Report sentinel = await Ask<SentinelMessage.Report>(
            actors.Sentinel, new SentinelMessage.Ask()).ConfigureAwait(false);
        OnLedger ledger = await Ask<OnLedger>(actors.Ledger, new LedgerMessage.Inspect(Collect)).ConfigureAwait(false);
        List<IReadOnlyList<AdminCell>> rows = [];
        AdminCell IsExpelled(Offence offence) => sentinel.Expelled.Contains(offence.Culprit);
        foreach ((Offence offence, CommittedOffence proof) in ledger.Proved)
        {
            rows.Add([
                NameOf(offence.Culprit, ledger.Set), Word(offence.Kind), offence.Height.Value, offence.View,
                "on-ledger", proof.Height.Value, IsExpelled(offence), proof.Evidence.ToString(),
                offence.Culprit.ToString(),
            ]);
        }

        int known = rows.Count;
        foreach (FaultEvidence evidence in sentinel.Waiting)
        {
            Offence offence = LedgerEvidence.OffenceOf(evidence);
            if (!ledger.Proved.ContainsKey(offence))
            {
                rows.Add([
                    NameOf(offence.Culprit, ledger.Set), Word(offence.Kind), offence.Height.Value, offence.View,
                    "waits", AdminCell.None, IsExpelled(offence),
                    FaultEvidence.IdOf(evidence.ToArray()).ToString(), offence.Culprit.ToString(),
                ]);
            }
        }

        return new AdminTable(
            [
                new("validator"), new("offence"), new("height", AdminColumnKind.Number),
                new("view", AdminColumnKind.Number), new("state"), new("block", AdminColumnKind.Number),
                new("expelled", AdminColumnKind.Flag), new("evidence", Wide: true), new("key", Wide: true),
            ],
            rows)
        {
            Summary = string.Create(
                CultureInfo.InvariantCulture,
                $"Count: {known} offences on the ledger, {rows.Count - known} wait"),
        };
    }

    private string NameOf(PublicKey culprit, ValidatorSet set)
    {
        ValidatorSet named = set.IndexOf(culprit) is null ? genesis.Validators : set;
        return named.IndexOf(culprit) is { } index ? named[index].Name.ToString() : culprit.ToString();
    }

    private static OnLedger Collect(LedgerState state, ChainHead head)
    {
        SortedDictionary<Offence, CommittedOffence> proved = [];
        foreach (Offence offence in state.Offences.Keys)
        {
            proved.Add(offence, state.Offences[offence]);
        }

        return new OnLedger(proved, head.Validators);
    }

    private static string Word(OffenceKind kind) => kind switch
    {
        OffenceKind.DoubleProposal => "double-proposal",
        OffenceKind.DoubleVote => "double-vote",
        OffenceKind.Amnesia => "amnesia",
        OffenceKind.InvalidProposal => "invalid-proposal",
        OffenceKind.ForeignVote => "foreign-vote",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private Task<T> Ask<T>(IActorRef actor, object question) => system.Ask<T>(actor, question, HostLimits.AskTimeout);

    private sealed record OnLedger(SortedDictionary<Offence, CommittedOffence> Proved, ValidatorSet Set);
}
