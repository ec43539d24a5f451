using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using EnergyNode.Actors;
using EnergyNode.Actors.Node;
using EnergyNode.Consensus;
using EnergyNode.Ledger;
using EnergyNode.Node.Admin;

namespace EnergyNode.Node.Hosting;

/// <summary>What pbm can ask about the height in progress and who decides it.</summary>
/// <param name="key">This node's.</param>
internal sealed class ConsensusInspection(ActorSystem system, NodeActors actors, PublicKey key)
{
    private const string Replaying = "the node is still replaying its journal; try again in a moment";

    public void Register(AdminRegistry registry)
    {
        registry.Add(NodeInspection.Command(
            "cluster", "leader", "who leads the height in progress", [], ShowLeader));
        registry.Add(NodeInspection.Command(
            "consensus", "state", "height, view and leader in progress", [], ShowConsensus));
        registry.Add(NodeInspection.Command(
            "consensus", "validators", "who decides the height in progress, and what each vote weighs", [],
            ShowValidators));
    }

    private async Task<AdminTable> ShowLeader(AdminRequest request)
    {
        ConsensusReport report = await Ask<ConsensusReport>(actors.Consensus, new AskConsensus()).ConfigureAwait(false);
        if (report.Status is not { } status || report.Head is not { } head)
        {
            return AdminTable.Refuse(Replaying);
        }

        Validator leader = head.Validators[status.Leader];
        return new AdminTable(
            [new("name"), new("height", AdminColumnKind.Number), new("view", AdminColumnKind.Number), new("key")],
            [[leader.Name.ToString(), status.Height.Value, status.View.Value, leader.Key.ToString()]]);
    }

    private async Task<AdminTable> ShowConsensus(AdminRequest request)
    {
        ConsensusReport report = await Ask<ConsensusReport>(actors.Consensus, new AskConsensus()).ConfigureAwait(false);
        if (report.Status is not { } status || report.Head is not { } head)
        {
            return AdminTable.Refuse(Replaying);
        }

        return new AdminTable(
            [
                new("protocol"), new("height", AdminColumnKind.Number), new("view", AdminColumnKind.Number),
                new("leader"), new("decided", AdminColumnKind.Number), new("block"), new("state-root"),
                new("checkpoint", AdminColumnKind.Number), new("silent-until", AdminColumnKind.Number),
                new("refused-messages", AdminColumnKind.Number, Wide: true),
            ],
            [
                [
                    head.Rules.Protocol.Word(), status.Height.Value, status.View.Value,
                    head.Validators[status.Leader].Name.ToString(),
                    head.Height.Value, head.BlockHash.ToString(), head.StateRoot.ToString(),
                    report.Checkpoint?.Height.Value, status.SilentUntil?.Value, report.RefusedMessages,
                ],
            ]);
    }

    private async Task<AdminTable> ShowValidators(AdminRequest request)
    {
        ConsensusReport report = await Ask<ConsensusReport>(actors.Consensus, new AskConsensus()).ConfigureAwait(false);
        if (report.Status is not { } status || report.Head is not { } head)
        {
            return AdminTable.Refuse(Replaying);
        }

        PeersReport peers = await Ask<PeersReport>(actors.Peers, new AskPeers()).ConfigureAwait(false);
        SentinelMessage.Report sentinel = await Ask<SentinelMessage.Report>(
            actors.Sentinel, new SentinelMessage.Ask()).ConfigureAwait(false);
        HashSet<PublicKey> connected = [.. peers.Members.Where(member => member.Connected).Select(m => m.Key)];
        List<IReadOnlyList<AdminCell>> rows = [];
        for (int i = 0; i < head.Validators.Count; i++)
        {
            Validator validator = head.Validators[new ValidatorIndex(i)];
            rows.Add([
                i, validator.Name.ToString(), validator.Power, i == status.Leader.Value, validator.Key == key,
                validator.Key == key || connected.Contains(validator.Key),
                sentinel.Expelled.Contains(validator.Key), validator.Key.ToString(),
            ]);
        }

        return new AdminTable(
            [
                new("number", AdminColumnKind.Number), new("name"), new("power", AdminColumnKind.Number),
                new("leads", AdminColumnKind.Flag), new("self", AdminColumnKind.Flag),
                new("reachable", AdminColumnKind.Flag), new("expelled", AdminColumnKind.Flag),
                new("key", Wide: true),
            ],
            rows)
        {
            Summary = SetText(head.Sets),
        };
    }

    private static string SetText(SetForecast sets)
    {
        VotingPower weights = new(sets.InForce, VotingPower.RuleOf(sets.Rules.Protocol));
        string next = sets.Border is { } border
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"; from block {border} on {sets.Decided?.Count ?? sets.InForce.Count} validators"
                    + $" by {(sets.DecidedRules ?? sets.Rules).Protocol.Word()}")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Count: {sets.InForce.Count} validators by {sets.Rules.Protocol.Word()} since block {sets.Since},"
                + $" quorum {weights.Quorum} of {weights.Total}{next}");
    }

    private Task<T> Ask<T>(IActorRef actor, object question) => system.Ask<T>(actor, question, HostLimits.AskTimeout);
}
