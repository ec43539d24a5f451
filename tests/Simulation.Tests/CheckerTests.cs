using System.Collections.Generic;
using System.Linq;
using EnergyNode.Actors;
using EnergyNode.Actors.Node;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;
using EnergyNode.Market.Execution;
using Xunit;

namespace EnergyNode.Simulation.Tests;

/// <summary>Every checker is shown to fire: the part that it watches is broken on purpose.</summary>
public sealed class CheckerTests
{
    private static readonly FaultPlan OneCrash = FaultPlan.Calm(Duration.FromSeconds(10)) with
    {
        Timeline =
        [
            new FaultEvent.Crash(Duration.FromSeconds(5), 0),
            new FaultEvent.Restart(Duration.FromSeconds(6), 0),
        ],
    };

    [Fact]
    public void Nothing_fires_when_nothing_is_broken() => Assert.Empty(Run(new Sabotage()).Violations);

    [Fact]
    public void A_journal_that_acknowledges_before_it_is_durable_is_found() => AssertFires(
        ViolationKind.PersistBeforeSend,
        new Sabotage { Journal = (node, journal) => node == 1 ? new HastyJournal(journal) : journal });

    [Fact]
    public void A_machine_that_votes_without_persisting_is_found() => AssertFires(
        ViolationKind.PersistBeforeSend,
        new Sabotage { Consensus = (node, machine) => node == 2 ? new CarelessVoter(machine) : machine });

    [Fact]
    public void A_machine_that_votes_twice_is_found() => AssertFires(
        ViolationKind.DoubleVote,
        new Sabotage { Consensus = (node, machine) => node == 3 ? new DoubleVoter(machine) : machine });

    [Fact]
    public void Nothing_fires_under_stakes_when_nothing_is_broken()
    {
        SimulationReport report = Run(new Sabotage(), ConsensusProtocol.Pos);

        Assert.Empty(report.Violations);
        Assert.Equal("pos", report.Protocol);
    }

    [Fact]
    public void A_stakeholder_that_votes_before_it_is_durable_is_found()
    {
        AssertFires(
            ViolationKind.PersistBeforeSend,
            new Sabotage { Journal = (node, journal) => node == 1 ? new HastyJournal(journal) : journal },
            ConsensusProtocol.Pos);
        AssertFires(
            ViolationKind.PersistBeforeSend,
            new Sabotage { Consensus = (node, machine) => node == 2 ? new CarelessVoter(machine) : machine },
            ConsensusProtocol.Pos);
    }

    [Fact]
    public void A_stakeholder_that_votes_twice_is_found() => AssertFires(
        ViolationKind.DoubleVote,
        new Sabotage { Consensus = (node, machine) => node == 3 ? new DoubleVoter(machine) : machine },
        ConsensusProtocol.Pos);

    [Fact]
    public void A_node_that_loses_announced_blocks_is_found()
    {
        int lives = 0;
        AssertFires(
            ViolationKind.Durability,
            new Sabotage
            {
                Journal = (node, journal) => node == 0 && ++lives == 2 ? new EmptyJournal() : journal,
            });
    }

    [Fact]
    public void A_block_with_a_batch_that_nobody_submitted_is_found() =>
        AssertFires(ViolationKind.Validity, new Sabotage { ForgetSubmissions = true });

    [Fact]
    public void A_ledger_that_drops_a_trade_is_found() => AssertFires(
        ViolationKind.BookInvariant,
        new Sabotage { Book = (book, slice) => book.Apply(slice) with { Events = new BookEventBuffer() } });

    [Fact]
    public void A_node_that_stops_by_itself_is_found() => AssertFires(
        ViolationKind.NodeStopped,
        new Sabotage { Journal = (node, journal) => node == 1 ? new FullJournal() : journal });

    [Fact]
    public void A_cluster_without_a_quorum_is_safe_but_not_live()
    {
        SimulationReport report = Run(new Sabotage
        {
            Consensus = (node, machine) => node < 2 ? new SilentVoter(machine) : machine,
        });

        Assert.Equal(ViolationKind.Liveness, Assert.Single(report.Violations).Kind);
        Assert.Equal(SimulationExit.Liveness, report.ExitCode);
        Assert.Null(report.RecoveryTime);
    }

    [Fact]
    public void Money_and_tokens_out_of_nothing_are_found()
    {
        MarketTotals totals = new()
        {
            Deposited = new Money(100),
            Generation = new WattHours(7),
            Minted = new WattHours(7).ToGrid(),
            Burned = new WattHours(7).ToGrid() - new Grid(5),
        };
        Balance good = new(new Money(100), Money.Zero, new Grid(5), Grid.Zero);

        Assert.Empty(Conservation(good, totals));
        Assert.Single(Conservation(good, totals with { Generation = new WattHours(6) }));
        Assert.Single(Conservation(good with { Money = new Money(101) }, totals));
        Assert.Single(Conservation(good with { Tokens = new Grid(4) }, totals));
        Assert.Single(Conservation(good with { TokensHeld = new Grid(6) }, totals));
        Assert.Single(Conservation(good with { MoneyHeld = new Money(-1) }, totals));
    }

    [Fact]
    public void Two_certified_blocks_at_one_height_and_two_states_of_one_block_are_found()
    {
        SeededRunner runner = new(1);
        ViolationLog log = new(runner);
        SimulatedKeys keys = new();
        SimulatedMarket market = new(new SimulationOptions { Seed = 1 }, keys, new Instant(1_000_000));
        ReferenceLedger reference = new(market.Genesis, keys, new SharedHashes(), new Dice(1, "books"), log);
        ChainChecker chain = new(market.Genesis, keys, reference, log, runner);

        chain.OnDecided("validator-1", Certified(market, keys, new Instant(2_000_000)));
        chain.OnDecided("validator-2", Certified(market, keys, new Instant(2_000_000)));
        Assert.Empty(log.Found);
        chain.OnDecided("validator-3", Certified(market, keys, new Instant(2_000_001)));

        Assert.Equal(ViolationKind.Agreement, Assert.Single(log.Found).Kind);
        BlockOutcome outcome = reference.Find(new Height(1))!;
        chain.OnState("validator-1", outcome.Height, outcome.StateRoot, outcome.ReceiptsRoot);
        Assert.Single(log.Found);
        chain.OnState("validator-2", outcome.Height, outcome.ReceiptsRoot, outcome.ReceiptsRoot);
        Assert.Equal(ViolationKind.StateRoot, log.Found[^1].Kind);
    }

    private static JournalRecord Certified(SimulatedMarket market, SimulatedKeys keys, Instant time)
    {
        GenesisBlock genesis = market.Genesis;
        BlockHeader header = new(
            genesis.Chain,
            new Height(1),
            genesis.ComputeHash(),
            time,
            genesis.Validators.Validators[0].Key,
            default,
            0,
            genesis.Validators.Hash);
        Block block = Block.Create(header, []);
        List<VoteSignature> votes = [];
        for (int i = 0; i < genesis.Validators.Quorum; i++)
        {
            MessageSigner signer = new(genesis.Chain, keys.Signer(SimulatedMarket.ValidatorName(i)));
            Verified<SignedMessage> vote = signer.Sign(
                new ConsensusMessage.Commit(block.Height, View.Zero, block.Hash), new ValidatorIndex(i));
            votes.Add(new VoteSignature(new ValidatorIndex(i), vote.Value.Signature));
        }

        Decision decision = new(block, new CommitCertificate(block.Height, View.Zero, block.Hash, votes));
        BorshWriter writer = new();
        writer.Version(DecidedBlock.Version);
        decision.Encode(writer);
        writer.Count(0);
        return new JournalRecord(
            PersistenceIds.Blocks, 1, time, DecidedBlock.Manifest, writer.ToArray(), "");
    }

    private static List<string> Conservation(Balance balance, MarketTotals totals) =>
        [.. LedgerAudit.Conservation([new(AccountId.Parse("home"), balance)], totals)];

    private static void AssertFires(
        ViolationKind kind, Sabotage sabotage, ConsensusProtocol protocol = ConsensusProtocol.Pbft)
    {
        SimulationReport report = Run(sabotage, protocol);
        Assert.True(
            report.Violations.Any(violation => violation.Kind == kind),
            $"{kind} did not fire; found: {string.Join("; ", report.Violations)}");
        Assert.Equal(SimulationExit.Safety, report.ExitCode);
    }

    private static SimulationReport Run(
        Sabotage sabotage, ConsensusProtocol protocol = ConsensusProtocol.Pbft) =>
        SimulatedCluster.Run(new SimulationOptions
        {
            Seed = 21,
            Protocol = protocol,
            Faults = OneCrash,
            LivenessLimit = Duration.FromSeconds(30),
            Sabotage = sabotage,
        });
}
