using System;
using System.Collections.Generic;
using EnergyNode.Consensus.Pbft;
using EnergyNode.Consensus.Pos;
using EnergyNode.Consensus.Tests.Support;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Consensus.Tests.Pos;

/// <summary>Whatever passes the verifier, even with all keys in wrong hands: no exception, and no growth.</summary>
public sealed class PosHostileInputTests
{
    private static readonly Community Four = new(ConsensusProtocol.Pos, 40, 30, 20, 10);

    [Fact]
    public void No_verified_message_makes_the_machine_throw()
    {
        for (ulong seed = 1; seed <= 150; seed++)
        {
            try
            {
                new Run(seed).Go(300);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"seed {seed}: {failure.Message}", failure);
            }
        }
    }

    [Fact]
    public void A_flood_of_one_liar_fills_its_own_places_only_and_moves_nobody()
    {
        PosMachine machine = new(Four.PosOptions(0));
        List<ConsensusEffect> effects = [];
        machine.Step(new ConsensusInput.Started([]), new Instant(1), effects);
        int before = machine.StateBytes().Length;
        for (int i = 0; i < 2_000; i++)
        {
            Height height = new(1 + (i % 3));
            Hash32 hash = Community.NameHash($"{i}");
            Block block = Four.MakeBlock(Community.Genesis, 1, new Instant(i + 2), $"{i}");
            ConsensusMessage[] messages =
            [
                new ConsensusMessage.Prevote(height, new View(i), hash),
                new ConsensusMessage.Precommit(height, new View(i), i % 2 == 0 ? hash : null),
                new ConsensusMessage.Proposal(block.Height, new View(i), block, null),
                new ConsensusMessage.CheckpointVote(new Height(i + 1), hash, hash, hash),
                new ConsensusMessage.Status(height, new View(i), Height.Genesis),
            ];
            foreach (ConsensusMessage message in messages)
            {
                machine.Step(new ConsensusInput.Received(Four.Sign(1, message)), new Instant(i), effects);
            }
        }

        Assert.InRange(machine.StateBytes().Length, before, before + 4_000);
        Assert.Equal(View.Zero, machine.Round);
        Assert.DoesNotContain(effects, effect => effect is ConsensusEffect.Persist);
    }

    [Fact]
    public void A_record_of_another_protocol_stops_the_machine()
    {
        SafetyRecord record = new SafetyEntry.Prepared(new View(1), Hash32.Zero).ToRecord(
            new Height(1), new BorshWriter());
        PosMachine machine = new(Four.PosOptions(0));
        Assert.Throws<InvalidOperationException>(
            () => machine.Step(new ConsensusInput.Started([record]), new Instant(1), []));
    }

    private sealed class Run
    {
        private readonly Xorshift _random;
        private readonly PosMachine _machine;
        private readonly List<Block> _blocks = [];
        private readonly List<TimeoutId> _timers = [];
        private readonly Queue<Verified<SignedMessage>> _loop = new();
        private ChainTip _tip = Community.Genesis;
        private long _now;

        public Run(ulong seed)
        {
            _random = new Xorshift(seed);
            _machine = new PosMachine(Four.PosOptions(_random.Percent(10) ? null : 0));
            Step(new ConsensusInput.Started([]));
        }

        public void Go(int steps)
        {
            for (int i = 0; i < steps; i++)
            {
                Step(SomeInput());
                while (_loop.TryDequeue(out Verified<SignedMessage> own))
                {
                    Step(new ConsensusInput.Received(own));
                }

                _machine.Digest();
            }
        }

        private ConsensusInput SomeInput() => _random.Next(12) switch
        {
            0 when _timers.Count > 0 => new ConsensusInput.TimeoutElapsed(_timers[_random.Next(_timers.Count)]),
            1 => new ConsensusInput.PayloadReady(SomeBlock().Hash),
            2 => new ConsensusInput.WorkOffered(SomeHeight(), [SomeBlock().Hash]),
            3 when SomeBlock() is { } block => new ConsensusInput.Caught(
                new Verified<Decision>(new Decision(block, Four.Committed(block, View.Zero, 0, 1)))),
            4 => new ConsensusInput.Applied(SomeHeight(), SomeBlock().Hash, Hash32.Zero, Four.Set),
            _ => Received(),
        };

        private ConsensusInput Received()
        {
            byte[] wire = Four.Sign(_random.Next(4), SomeMessage()).Value.ToArray();
            MessageRefusal refusal = Four.Verifier.Verify(
                wire, Four.Set, Height.Genesis, out Verified<SignedMessage> message);
            return refusal == MessageRefusal.None
                ? new ConsensusInput.Received(message)
                : new ConsensusInput.PayloadReady(Hash32.Zero);
        }

        private ConsensusMessage SomeMessage()
        {
            Block block = SomeBlock();
            View round = SomeRound();
            Hash32? ballot = _random.Percent(30) ? null : block.Hash;
            PreparedCertificate? polka = _random.Percent(50) ? Four.Prepared(block, SomeRound(), 0, 1) : null;
            return _random.Next(6) switch
            {
                0 => new ConsensusMessage.Proposal(block.Height, round, block, polka),
                1 => new ConsensusMessage.Prevote(block.Height, round, ballot),
                2 => new ConsensusMessage.Precommit(block.Height, round, ballot),
                3 when polka is not null => new ConsensusMessage.Polka(polka, block),
                4 => new ConsensusMessage.Status(SomeHeight(), round, new Height(_random.Next(3))),
                _ => new ConsensusMessage.CheckpointVote(SomeHeight(), Hash32.Zero, Hash32.Zero, Four.Set.Hash),
            };
        }

        private Height SomeHeight() => _random.Percent(10)
            ? new Height(Limits.MaxHeight - _random.Next(2))
            : new Height(Math.Max(1, _tip.Height.Value + _random.Next(4)));

        private View SomeRound() => new(_random.Percent(5) ? Limits.MaxView - _random.Next(2) : _random.Next(3));

        private Block SomeBlock()
        {
            if (_blocks.Count > 0 && _random.Percent(80))
            {
                return _blocks[_blocks.Count - 1 - _random.Next(Math.Min(3, _blocks.Count))];
            }

            _blocks.Add(Four.MakeBlock(_tip, _random.Next(4), new Instant(_now + _random.Next(9)), $"{_blocks.Count}"));
            return _blocks[^1];
        }

        private void Step(ConsensusInput input)
        {
            List<ConsensusEffect> effects = [];
            _machine.Step(input, new Instant(_now += 1_000), effects);
            foreach (ConsensusEffect effect in effects)
            {
                switch (effect)
                {
                    case ConsensusEffect.Broadcast broadcast:
                        _loop.Enqueue(Four.Sign(0, broadcast.Message));
                        break;
                    case ConsensusEffect.SetTimeout set:
                        _timers.Add(set.Id);
                        break;
                    case ConsensusEffect.Finalize final:
                        _tip = ChainTip.Of(final.Decision.Block);
                        Step(new ConsensusInput.Applied(_tip.Height, Hash32.Zero, Hash32.Zero, Four.Set));
                        break;
                }
            }
        }
    }
}
