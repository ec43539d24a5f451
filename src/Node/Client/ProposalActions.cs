using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Node.Setup;

namespace EnergyNode.Node.Client;

/// <summary>Every change that can be proposed, as words; docs/spec/governance.md has what each means.</summary>
internal static class ProposalActions
{
    private const string Micro = "micro-units per kWh, 0 to 1000000000";
    private const string Ppm = "millionths, 0 to 250000, not below the one before";
    private const string RoleForm =
        "write authority, amiService, oracleOperator, treasury, recRegulator or governance";

    private static readonly Duration Longest = new(Limits.MaxEpochMicros);

    public static IReadOnlyList<ProposalAction> All { get; } =
    [
        .. Prices(),
        .. Calendar(),
        .. Books(),
        .. Offices(),
        .. Chain(),
        new(
            "line",
            "Takes a zone into the network, or gives it another line.",
            [
                ("zone", "the zone below the line"), ("parent", "the zone above it, or none"),
                ("up", "W that the zone can send up"), ("down", "W that it can get"),
            ],
            0,
            "south north 40000 40000",
            static words => new GovernanceAction.SetLine(
                new ZoneId(words.Label("zone")),
                new GridLine(
                    words.Text("parent") == "none" ? null : new ZoneId(words.Label("parent")),
                    words.Number("up", 0, Limits.MaxRatingW),
                    words.Number("down", 0, Limits.MaxRatingW)))),
    ];

    private static IEnumerable<ProposalAction> Prices() =>
    [
        new(
            "price",
            "Sets the grid fee, the retail price or the feed-in price.",
            [("which", "gridFee, retail or feedIn"), ("value", Micro)],
            0,
            "retail 230000",
            static words => new GovernanceAction.SetPrice(
                words.Word<MarketPrice>("which", "write gridFee, retail or feedIn"), words.Price("value"))),
        new(
            "distance-fees",
            "Sets the grid fees of trades that stay within a feeder or a zone.",
            [("same-feeder", Micro), ("same-zone", Micro)],
            0,
            "2000 5000",
            static words => new GovernanceAction.SetDistanceFees(
                words.Price("same-feeder"), words.Price("same-zone"))),
        new(
            "deviation-prices",
            "Sets what deviations from contracts cost.",
            [("short", Micro + ", or retail"), ("long", Micro + ", or feedIn")],
            0,
            "260000 feedIn",
            static words => new GovernanceAction.SetDeviationPrices(
                words.Text("short") == "retail" ? null : words.Price("short"),
                words.Text("long") == "feedIn" ? null : words.Price("long"))),
        new(
            "oracle-terms",
            "Sets what an oracle operation costs, and how many an account has in an epoch.",
            [("fee", "micro-units of money each, 0 for none"), ("per-epoch", "0 for no limit")],
            0,
            "50 1000",
            static words => new GovernanceAction.SetOracleTerms(new OracleTerms(
                new Money(words.Number("fee", 0, Limits.MaxOracleFeeMicro)),
                words.Number("per-epoch", 0, Limits.MaxOracleOperations)))),
        new(
            "loss-factors",
            "Sets what is lost on the way of traded energy by distance, from the next epoch on.",
            [("same-feeder", Ppm), ("same-zone", Ppm), ("across-zones", Ppm)],
            0,
            "10000 20000 30000",
            static words => new GovernanceAction.SetLossFactors(new LossFactors(
                Factor(words, "same-feeder"), Factor(words, "same-zone"), Factor(words, "across-zones")))),
    ];

    private static LossFactor Factor(Words words, string name) => new(words.Number(name, 0, Limits.MaxLossPpm));

    private static IEnumerable<ProposalAction> Calendar() =>
    [
        new(
            "grace",
            "Sets how long an epoch waits for readings under the block clock.",
            [("time", "such as 60s, below an epoch's length")],
            0,
            "90s",
            static words => new GovernanceAction.SetGrace(words.Span("time", Longest))),
        new(
            "epoch-length",
            "Sets the length of the epochs to come.",
            [("time", "1s to 1d, above the grace")],
            0,
            "30m",
            static words => new GovernanceAction.SetEpochLength(words.Span("time", Longest))),
    ];

    private static IEnumerable<ProposalAction> Books() =>
    [
        new(
            "book",
            "Adds an order book, or gives one other rules.",
            [("file", "JSON of the book with all of its parameters, as in genesis.json")],
            0,
            "book.json",
            static words => BookFile.Read(words.Text("file"))),
        new(
            "pause",
            "Pauses trading; orders can still be cancelled.",
            [("book", "one book; default: the whole market")],
            1,
            "home-spot",
            static words => new GovernanceAction.SetPause(words.Has("book") ? words.Book("book") : null, true)),
        new(
            "resume",
            "Ends a pause.",
            [("book", "one book; default: the whole market")],
            1,
            "home-spot",
            static words => new GovernanceAction.SetPause(words.Has("book") ? words.Book("book") : null, false)),
    ];

    private static IEnumerable<ProposalAction> Offices() =>
    [
        new(
            "give-role",
            "Gives a role to an account.",
            [("account", "who gets it"), ("role", "such as treasury or governance")],
            0,
            "alice governance",
            static words => new GovernanceAction.SetRole(
                words.Account("account"), words.Word<Role>("role", RoleForm), true)),
        new(
            "take-role",
            "Takes a role from an account.",
            [("account", "who loses it"), ("role", "such as treasury or governance")],
            0,
            "alice governance",
            static words => new GovernanceAction.SetRole(
                words.Account("account"), words.Word<Role>("role", RoleForm), false)),
        new(
            "terms",
            "Sets how many of the governance must approve, and the least time lock.",
            [("threshold", "1 to the number of holders of the role"), ("lock", "0s to 30d")],
            0,
            "2 1h",
            static words => new GovernanceAction.SetTerms(new GovernanceTerms(
                (int)words.Number("threshold", 1, int.MaxValue), words.Span("lock", Limits.MaxProposalLock)))),
    ];

    private static IEnumerable<ProposalAction> Chain() =>
    [
        new(
            "upgrade",
            "From a block on, only software that knows a later version of the protocol goes on.",
            [("version", "above the present one"), ("block", "the first that needs it")],
            0,
            "2 100000",
            static words => new GovernanceAction.UpgradeProtocol(
                (int)words.Number("version", 1, int.MaxValue), words.Block("block"))),
        new(
            "validator",
            "Lets a validator in, gives it another power, or sends it away.",
            [("name", "its name"), ("key", "its public key"), ("power", "1 and more; 0 sends it away")],
            0,
            "validator-5 6f1e… 1",
            static words => new GovernanceAction.SetValidator(
                words.Key("key"), words.Label("name"), words.Number("power", 0, Limits.MaxBalance))),
        new(
            "consensus",
            "From a block on, blocks are decided by another protocol.",
            [
                ("protocol", "pbft, pos or pow"), ("block", "the first that it decides"),
                ("block-time", "of pow, 10ms to 1h; default 400ms"), ("depth", "of pow, 1 to 64; default 6"),
                ("difficulty", "of pow, of the first block; default 400000"),
            ],
            3,
            "pos 100000",
            static words => ReadConsensus(words)),
    ];

    private static GovernanceAction.ChangeConsensus ReadConsensus(Words words)
    {
        ConsensusProtocol protocol = words.Parsed<ConsensusProtocol>(
            "protocol", ConsensusProtocols.TryParse, "write pbft, pos or pow");
        WorkParameters? work = WorkDefaults.For(protocol);
        if (work is null && words.Has("block-time"))
        {
            throw new Cli.CommandFailedException(
                Cli.ExitCodes.Usage,
                $"block-time '{words.Text("block-time")}': only proof of work has one, leave it out");
        }

        if (work is not null)
        {
            work = new WorkParameters(
                words.Has("block-time")
                    ? words.Span("block-time", new Duration(Limits.MaxBlockTimeMicros))
                    : work.BlockTime,
                words.Has("depth") ? (int)words.Number("depth", 1, Limits.MaxFinalDepth) : work.Depth,
                words.Has("difficulty")
                    ? new Difficulty(words.Number("difficulty", Limits.MinDifficulty, Limits.MaxDifficulty))
                    : work.InitialDifficulty);
        }

        return new GovernanceAction.ChangeConsensus(new ConsensusRules(protocol, work), words.Block("block"));
    }
}
