using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using EnergyNode.Actors;
using EnergyNode.Actors.Node;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;
using EnergyNode.Node.Admin;

namespace EnergyNode.Node.Hosting;

/// <summary>What pbm can ask about suspicions and the scores of links (docs/sentinel.md).</summary>
internal sealed class SentinelInspection(ActorSystem system, NodeActors actors)
{
    private static readonly LinkOffence[] Offences = Enum.GetValues<LinkOffence>();

    public void Register(AdminRegistry registry)
    {
        registry.Add(NodeInspection.Command(
            "sentinel", "peers", "how suspicious the other validators are, and their links", [], ShowPeers));
        registry.Add(NodeInspection.Command(
            "sentinel", "links", "the scores of all links, clients included", [], ShowLinks));
        registry.Add(NodeInspection.Command(
            "sentinel", "addresses", "addresses with many keys or refused strangers", [], ShowAddresses));
    }

    private async Task<AdminTable> ShowPeers(AdminRequest request)
    {
        SuspicionReport report = await Ask<SuspicionReport>(actors.Suspicion, new AskSuspicion())
            .ConfigureAwait(false);
        Dictionary<PublicKey, LinkScore> links = await Links().ConfigureAwait(false);
        List<IReadOnlyList<AdminCell>> rows = [];
        int suspected = 0;
        foreach (PeerSuspicion peer in report.Peers)
        {
            LinkScore? link = links.GetValueOrDefault(peer.Validator.Key);
            suspected += peer.Points > 0 ? 1 : 0;
            rows.Add([
                peer.Validator.Name.ToString(), peer.Points, Reasons(peer),
                peer.Phi.ToString("0.00", CultureInfo.InvariantCulture), link?.Points ?? 0,
                link?.RefusedUntil is { } until ? until.Micros : AdminCell.None,
                peer.Connected, peer.MissedPermille, peer.Late.Micros, peer.Skew.Micros, peer.PassedOver,
                peer.UnseenClaims, link?.Refusals ?? 0, peer.Validator.Key.ToString(),
            ]);
        }

        return new AdminTable(
            [
                new("name"), new("suspicion", AdminColumnKind.Number), new("reasons"), new("phi"),
                new("link-points", AdminColumnKind.Number), new("refused-until", AdminColumnKind.TimeMicros),
                new("connected", AdminColumnKind.Flag, Wide: true),
                new("missed-permille", AdminColumnKind.Number, Wide: true),
                new("late", AdminColumnKind.DurationMicros, Wide: true),
                new("skew", AdminColumnKind.DurationMicros, Wide: true),
                new("passed-over", AdminColumnKind.Number, Wide: true),
                new("unseen-claims", AdminColumnKind.Number, Wide: true),
                new("refusals", AdminColumnKind.Number, Wide: true), new("key", Wide: true),
            ],
            rows)
        {
            Summary = string.Create(
                CultureInfo.InvariantCulture, $"Count: {rows.Count} validators, {suspected} suspected"),
        };
    }

    private async Task<AdminTable> ShowLinks(AdminRequest request)
    {
        LinksReport report = await Ask<LinksReport>(actors.Peers, new AskLinks()).ConfigureAwait(false);
        List<AdminColumn> columns =
        [
            new("key"), new("points", AdminColumnKind.Number), new("refusals", AdminColumnKind.Number),
            new("refused-until", AdminColumnKind.TimeMicros),
        ];
        foreach (LinkOffence offence in Offences)
        {
            columns.Add(new(Word(offence), AdminColumnKind.Number, Wide: true));
        }

        List<IReadOnlyList<AdminCell>> rows = [];
        foreach (LinkScore link in report.Scores)
        {
            List<AdminCell> row =
            [
                link.Peer.ToString(), link.Points, link.Refusals,
                link.RefusedUntil is { } until ? until.Micros : AdminCell.None,
            ];
            foreach (LinkOffence offence in Offences)
            {
                row.Add(link.Offences[(int)offence]);
            }

            rows.Add(row);
        }

        return new AdminTable(columns, rows)
        {
            Summary = string.Create(CultureInfo.InvariantCulture, $"Count: {rows.Count} peers"),
        };
    }

    private async Task<AdminTable> ShowAddresses(AdminRequest request)
    {
        SuspicionReport report = await Ask<SuspicionReport>(actors.Suspicion, new AskSuspicion())
            .ConfigureAwait(false);
        List<IReadOnlyList<AdminCell>> rows = [];
        foreach ((string address, int links, int refused) in report.Addresses)
        {
            rows.Add([address, links, refused]);
        }

        return new AdminTable(
            [new("address"), new("client-links", AdminColumnKind.Number), new("refused", AdminColumnKind.Number)],
            rows)
        {
            Summary = string.Create(CultureInfo.InvariantCulture, $"Count: {rows.Count} addresses"),
        };
    }

    private async Task<Dictionary<PublicKey, LinkScore>> Links()
    {
        Dictionary<PublicKey, LinkScore> byKey = [];
        LinksReport report = await Ask<LinksReport>(actors.Peers, new AskLinks()).ConfigureAwait(false);
        foreach (LinkScore link in report.Scores)
        {
            byKey[link.Peer] = link;
        }

        return byKey;
    }

    private static string Reasons(PeerSuspicion peer)
    {
        List<string> reasons = [];
        void Add(bool holds, string word)
        {
            if (holds)
            {
                reasons.Add(word);
            }
        }

        Add(!peer.Connected, "unreachable");
        Add(peer.Silent, "silent");
        Add(peer.MissedPermille >= SuspicionLimits.MissedPermille, "misses-votes");
        Add(peer.Late.Micros >= SuspicionLimits.Late.Micros, "late");
        Add(Math.Abs(peer.Skew.Micros) >= SuspicionLimits.Skew.Micros, "clock");
        Add(peer.PassedOver > 0, "passes-over");
        Add(peer.UnseenClaims > 0, "unseen-claims");
        return reasons.Count == 0 ? "-" : string.Join(',', reasons);
    }

    private static string Word(LinkOffence offence) => offence switch
    {
        LinkOffence.BadSignature => "bad-signatures",
        LinkOffence.Replay => "replays",
        LinkOffence.Flood => "floods",
        LinkOffence.UnknownKind => "unknown-kinds",
        LinkOffence.BadBlock => "bad-blocks",
        LinkOffence.BadContent => "bad-content",
        _ => offence.ToString().ToLowerInvariant(),
    };

    private Task<T> Ask<T>(IActorRef actor, object question) => system.Ask<T>(actor, question, HostLimits.AskTimeout);
}
