using System.Linq;
using EnergyNode.Consensus;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Simulation.Tests;

public sealed class EvidenceTests
{
    private const int Liar = 3;
    private const int MostRounds = 2;

    /// <param name="joiners">Above 0, the chain is open: the liar is slashed and jailed, else it is removed.</param>
    [Theory]
    [InlineData(ConsensusProtocol.Pbft, 4, 0)]
    [InlineData(ConsensusProtocol.Pbft, 7, 0)]
    [InlineData(ConsensusProtocol.Pos, 4, 0)]
    [InlineData(ConsensusProtocol.Pbft, 5, 1)]
    [InlineData(ConsensusProtocol.Pos, 5, 1)]
    public void Who_tells_each_half_another_vote_is_proved_to_lie_cut_off_and_loses_its_place(
        ConsensusProtocol protocol, int validators, int joiners)
    {
        SimulationReport report = SimulatedCluster.Run(new SimulationOptions
        {
            Seed = 3,
            Protocol = protocol,
            Validators = validators,
            Joiners = joiners,
            Epochs = 16,
            Faults = FaultPlan.Calm(Duration.FromSeconds(10)),
            Sabotage = new Sabotage
            {
                Liars = [Liar],
                Consensus = (node, machine) => node == Liar ? Split(machine, validators) : machine,
            },
        });

        Assert.Empty(report.Violations.Select(violation => violation.ToString()));
        Assert.DoesNotContain(SimulatedMarket.ValidatorName(Liar), report.LastSet);
        Assert.True(report.SetChanges > 0);
        Assert.Equal(joiners > 0, report.Slashed > Money.Zero);
        Assert.True(report.Evidence.ProvableFaults > 0);
        Assert.InRange(report.Evidence.Committed, 1, report.Evidence.ProvableFaults);
        Assert.Equal(0, report.Evidence.FalseAccusations);
        Assert.InRange(report.Evidence.MaxDetection!.Value.Micros, 0, Instant.MicrosPerSecond);
        Assert.InRange(report.Evidence.MaxIsolation!.Value.Micros, 0, Instant.MicrosPerSecond);
        Assert.InRange(report.Evidence.MaxCommitRounds!.Value, 0, MostRounds);
    }

    [Theory]
    [InlineData(ConsensusProtocol.Pbft, 4, Strategy.Equivocate)]
    [InlineData(ConsensusProtocol.Pbft, 7, Strategy.DoubleVote)]
    [InlineData(ConsensusProtocol.Pos, 4, Strategy.DoubleVote)]
    [InlineData(ConsensusProtocol.Pos, 7, Strategy.Equivocate)]
    public void The_second_honest_proposer_who_holds_a_proof_has_it_on_the_ledger(
        ConsensusProtocol protocol, int validators, Strategy strategy)
    {
        int proved = 0;
        for (ulong seed = 1; seed <= 4; seed++)
        {
            SimulationReport report = SimulatedCluster.Run(new SimulationOptions
            {
                Seed = seed,
                Protocol = protocol,
                Validators = validators,
                Byzantine = (validators - 1) / 3,
                Strategies = [strategy],
                Epochs = 60,
            });
            proved += report.Evidence.MaxCommitRounds is null ? 0 : 1;
            Assert.True(
                (report.Evidence.MaxCommitRounds ?? 0) <= MostRounds,
                $"seed {seed}: {report.Evidence.MaxCommitRounds} rounds");
        }

        Assert.InRange(proved, 2, 4);
    }

    [Fact]
    public void Rounds_are_those_of_honest_proposers_who_could_bring_a_proof_until_one_is_committed()
    {
        CommitRounds rounds = new();
        PublicKey liar = new SimulatedKeys().Signer("liar").PublicKey;
        Height four = new(4);
        Hash32 before = Make(4, 1);
        Hash32 inFlight = Make(5, 2);
        Hash32 first = Make(5, 3);
        Hash32 byAnother = Make(5, 4);
        Hash32 second = Make(6, 5);
        rounds.OnMade(1, four, before);
        rounds.OnHeld(1, liar, four);
        rounds.OnMade(1, four, before);
        rounds.OnMade(1, new Height(3), inFlight);
        rounds.OnMade(1, four, first);
        rounds.OnMade(2, four, byAnother);
        rounds.OnMade(1, new Height(5), second);
        foreach (Hash32 block in new[] { before, inFlight, first, byAnother })
        {
            rounds.OnDecided(block, []);
            Assert.True(rounds.IsWaiting);
            Assert.Null(rounds.Most);
        }

        rounds.OnDecided(second, [new Offence(liar, four, 0, default)]);

        Assert.Equal(2, rounds.Most);
        Assert.False(rounds.IsWaiting);
        rounds.OnHeld(1, liar, four);
        Assert.False(rounds.IsWaiting);
    }

    [Fact]
    public void Who_lost_its_disk_holds_no_proof()
    {
        CommitRounds rounds = new();
        PublicKey liar = new SimulatedKeys().Signer("liar").PublicKey;
        rounds.OnHeld(1, liar, new Height(4));
        rounds.OnHeld(2, liar, new Height(4));
        rounds.OnLost(1);
        Hash32 byLoser = Make(5, 3);
        Hash32 byOther = Make(6, 4);
        rounds.OnMade(1, new Height(4), byLoser);
        rounds.OnMade(2, new Height(5), byOther);
        rounds.OnDecided(byLoser, []);
        rounds.OnDecided(byOther, [new Offence(liar, new Height(4), 0, default)]);
        Assert.Equal(1, rounds.Most);
    }

    private static Hash32 Make(long height, long second) => Block.Create(
        new BlockHeader(
            ChainId.Parse("simulated"),
            new Height(height),
            default,
            Instant.FromSeconds(second),
            new SimulatedKeys().Signer("leader").PublicKey,
            default,
            0,
            default),
        []).Hash;

    private static SplitVoter Split(IConsensus machine, int validators)
    {
        SimulatedKeys keys = new();
        Validator[] set =
        [
            .. Enumerable.Range(0, validators).Select(SimulatedMarket.ValidatorName)
                .Select(name => new Validator(Label.Parse(name), keys.Signer(name).PublicKey, 1)),
        ];
        return new SplitVoter(machine, set[Liar].Key, new ValidatorSet(set));
    }
}
