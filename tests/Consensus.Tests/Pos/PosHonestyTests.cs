using System.Collections.Generic;
using EnergyNode.Consensus.Evidence;
using EnergyNode.Consensus.Pos;
using EnergyNode.Consensus.Tests.Support;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Consensus.Tests.Pos;

/// <summary>
/// All others lie together, so that polkas are at their will, and the node crashes at any time: nothing that it signs
/// over all of its lives is evidence against it (docs/spec/evidence.md).
/// </summary>
public sealed class PosHonestyTests
{
    private const int Rounds = 6;

    private static readonly Community Four = new(ConsensusProtocol.Pos, 1, 1, 1, 1);

    [Fact]
    public void Whatever_the_others_do_an_honest_validator_signs_nothing_that_convicts_it()
    {
        int votes = 0;
        int moved = 0;
        for (ulong seed = 1; seed <= 1_000; seed++)
        {
            Run run = new(seed);
            run.Go(120);
            votes += run.Said.Count;
            moved += run.Locks.Count > 1 ? 1 : 0;
            foreach (Promise one in run.Said)
            {
                foreach (Promise other in run.Said)
                {
                    EvidenceKind? kind = Contradiction.Between(one, other);
                    Assert.True(kind is null, $"seed {seed}: {kind} of {one} and {other}");
                }
            }
        }

        Assert.True(votes > 7_000 && moved > 100, $"{votes} statements, {moved} runs in which a lock moved");
    }

    private sealed class Run
    {
        private readonly Xorshift _random;
        private readonly List<Block> _blocks = [];
        private readonly List<SafetyRecord> _records = [];
        private readonly List<TimeoutId> _timers = [];
        private PosMachine _machine = new(Four.PosOptions(0));
        private bool _isDecided;
        private long _now = 100;

        public Run(ulong seed)
        {
            _random = new Xorshift(seed);
            for (int proposer = 0; proposer < 4; proposer++)
            {
                _blocks.Add(Four.MakeBlock(Community.Genesis, proposer, new Instant(50), $"{proposer}"));
            }

            Start();
        }

        public HashSet<Promise> Said { get; } = [];

        public HashSet<Hash32> Locks { get; } = [];

        public void Go(int steps)
        {
            for (int i = 0; i < steps && !_isDecided; i++)
            {
                if (_random.Percent(3))
                {
                    Start();
                }

                foreach (Block block in _blocks)
                {
                    Step(new ConsensusInput.PayloadReady(block.Hash));
                }

                Step(SomeInput());
            }
        }

        private void Start()
        {
            _machine = new PosMachine(Four.PosOptions(0));
            _timers.Clear();
            Step(new ConsensusInput.Started([.. _records]));
        }

        private ConsensusInput SomeInput() => _random.Next(10) switch
        {
            0 when _timers.Count > 0 => new ConsensusInput.TimeoutElapsed(_timers[_random.Next(_timers.Count)]),
            1 => new ConsensusInput.WorkOffered(new Height(1), [_blocks[0].Batches[0]]),
            _ => Received(),
        };

        private ConsensusInput Received()
        {
            Block block = _blocks[_random.Next(_blocks.Count)];
            View round = new(_random.Percent(70) ? _machine.Round.Value : _random.Next(Rounds));
            ValidatorIndex proposer = ProposerRotation.Proposer(Four.Set, new Height(1), round);
            int sender = 1 + _random.Next(3);
            PreparedCertificate? polka = SomePolka(block, round);
            (sender, ConsensusMessage message) = _random.Next(5) switch
            {
                0 when proposer.Value != 0 => (
                    proposer.Value, new ConsensusMessage.Proposal(new Height(1), round, block, polka)),
                1 => (sender, new ConsensusMessage.Prevote(new Height(1), round, block.Hash, polka?.View)),
                2 => (sender, new ConsensusMessage.Precommit(new Height(1), round, null)),
                3 => (sender, new ConsensusMessage.Polka(
                    Four.Polka(block, round, SomePolka(block, round)?.View, 1, 2, 3), block)),
                _ => (sender, (ConsensusMessage)new ConsensusMessage.Status(new Height(1), round, Height.Genesis)),
            };
            byte[] wire = Four.Sign(sender, message).Value.ToArray();
            MessageRefusal refusal = Four.Verifier.Verify(
                wire, Four.Set, Height.Genesis, out Verified<SignedMessage> verified);
            Assert.Equal(MessageRefusal.None, refusal);
            return new ConsensusInput.Received(verified);
        }

        private PreparedCertificate? SomePolka(Block block, View round)
        {
            if (round == View.Zero || _random.Percent(30))
            {
                return null;
            }

            View valid = new(_random.Next(round.Value));
            View? below = valid == View.Zero || _random.Percent(50) ? null : new View(_random.Next(valid.Value));
            return Four.Polka(block, valid, below, 1, 2, 3);
        }

        private void Step(ConsensusInput input)
        {
            Queue<ConsensusInput> inputs = new([input]);
            while (inputs.TryDequeue(out ConsensusInput? next))
            {
                List<ConsensusEffect> effects = [];
                _machine.Step(next, new Instant(_now += 1_000), effects);
                foreach (ConsensusEffect effect in effects)
                {
                    Take(effect, inputs);
                }
            }
        }

        private void Take(ConsensusEffect effect, Queue<ConsensusInput> inputs)
        {
            switch (effect)
            {
                case ConsensusEffect.Persist persist:
                    _records.Add(persist.Record);
                    break;
                case ConsensusEffect.Broadcast { Message: var message }:
                    if (message is ConsensusMessage.Precommit { BlockHash: { } block })
                    {
                        Locks.Add(block);
                    }

                    if (Promise.Read(Statement.Of(message)) is { } promise)
                    {
                        Said.Add(promise);
                    }

                    inputs.Enqueue(new ConsensusInput.Received(Four.Sign(0, message)));
                    break;
                case ConsensusEffect.SetTimeout set:
                    _timers.Add(set.Id);
                    break;
                case ConsensusEffect.Finalize:
                    _isDecided = true;
                    break;
            }
        }
    }
}
