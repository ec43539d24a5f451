using System;
using System.Collections.Generic;
using EnergyNode.Consensus.Pbft;
using EnergyNode.Consensus.Tests.Support;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Consensus.Tests;

/// <summary>Whatever passes the verifier, even with all keys in wrong hands: no exception, and no growth.</summary>
public sealed class HostileInputTests
{
    private static readonly Community Four = new(4);

    [Fact]
    public void No_verified_message_makes_the_machine_throw()
    {
        long decided = 0;
        for (ulong seed = 1; seed <= 150; seed++)
        {
            try
            {
                decided += new Run(seed).Go(300);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"seed {seed}: {failure.Message}", failure);
            }
        }

        // Else these messages would not get far into the machine.
        Assert.NotEqual(0, decided);
    }

    [Fact]
    public void A_flood_of_one_liar_fills_its_own_places_only()
    {
        PbftMachine machine = new(Four.Options(0));
        List<ConsensusEffect> effects = [];
        machine.Step(new ConsensusInput.Started([]), new Instant(1), effects);
        int before = machine.StateBytes().Length;
        for (int i = 0; i < 2_000; i++)
        {
            Height height = new(1 + (i % 3));
            Hash32 hash = Community.NameHash($"{i}");
            ConsensusMessage[] messages =
            [
                new ConsensusMessage.Prepare(height, new View(i), hash),
                new ConsensusMessage.Commit(height, new View(i), hash),
                Community.Change(height, new View(i + 1)),
                new ConsensusMessage.CheckpointVote(new Height(i + 1), hash, hash, hash),
                new ConsensusMessage.Status(new Height(i + 1), new View(i), Height.Genesis),
            ];
            foreach (ConsensusMessage message in messages)
            {
                machine.Step(new ConsensusInput.Received(Four.Sign(1, message)), new Instant(i), effects);
            }
        }

        Assert.InRange(machine.StateBytes().Length, before, before + 4_000);
        Assert.Equal(View.Zero, machine.View);
        Assert.DoesNotContain(effects, effect => effect is ConsensusEffect.Persist);
    }

    [Fact]
    public void Equal_inputs_give_equal_digests_and_another_input_another_digest()
    {
        PbftMachine[] machines = [new(Four.Options(2)), new(Four.Options(2))];
        List<ConsensusEffect> effects = [];
        Block block = Four.MakeBlock(Community.Genesis, 0, new Instant(5), "a");
        ConsensusInput[] inputs =
        [
            new ConsensusInput.Started([]),
            new ConsensusInput.Received(
                Four.Sign(0, new ConsensusMessage.PrePrepare(block.Height, View.Zero, block))),
            new ConsensusInput.PayloadReady(block.Hash),
            new ConsensusInput.Received(
                Four.Sign(1, new ConsensusMessage.Prepare(block.Height, View.Zero, block.Hash))),
            new ConsensusInput.Received(
                Four.Sign(3, Community.Change(block.Height, new View(1)))),
        ];
        foreach (ConsensusInput input in inputs)
        {
            machines[0].Step(input, new Instant(9), effects);
            Assert.NotEqual(machines[0].Digest(), machines[1].Digest());
            machines[1].Step(input, new Instant(9), effects);
            Assert.Equal(machines[0].Digest(), machines[1].Digest());
        }
    }

    private sealed class Run
    {
        private readonly Xorshift _random;
        private readonly PbftMachine _machine;
        private readonly List<Block> _blocks = [];
        private readonly List<TimeoutId> _timers = [];
        private readonly Queue<Verified<SignedMessage>> _loop = new();
        private ChainTip _tip = Community.Genesis;
        private Block? _last;
        private long _now;

        public Run(ulong seed)
        {
            _random = new Xorshift(seed);
            _machine = new PbftMachine(Four.Options(_random.Percent(10) ? null : 0));
            Step(new ConsensusInput.Started([]));
        }

        /// <returns>How many heights it left behind.</returns>
        public long Go(int steps)
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

            return _machine.Height.Value - 1;
        }

        private ConsensusInput SomeInput() => _random.Next(12) switch
        {
            0 when _timers.Count > 0 => new ConsensusInput.TimeoutElapsed(_timers[_random.Next(_timers.Count)]),
            1 => new ConsensusInput.PayloadReady(SomeBlock().Hash),
            2 => new ConsensusInput.WorkOffered(SomeHeight(), [SomeBlock().Hash]),
            3 => new ConsensusInput.Caught(Decided(SomeBlock())),
            4 => new ConsensusInput.Applied(SomeHeight(), SomeBlock().Hash, Hash32.Zero, Four.Set),
            _ => Received(),
        };

        private ConsensusInput Received()
        {
            int sender = _random.Next(4);
            byte[] wire = Four.Sign(sender, SomeMessage()).Value.ToArray();
            MessageRefusal refusal = Four.Verifier.Verify(
                wire, Four.Set, Height.Genesis, out Verified<SignedMessage> message);
            return refusal == MessageRefusal.None
                ? new ConsensusInput.Received(message)
                : new ConsensusInput.PayloadReady(Hash32.Zero);
        }

        private ConsensusMessage SomeMessage()
        {
            Block block = SomeBlock();
            View view = SomeView();
            PreparedBlock[] prepared = _random.Percent(50)
                ? [new PreparedBlock(Four.Prepared(block, SomeView(), 0, 1, 2), block)]
                : [];
            return _random.Next(7) switch
            {
                0 => new ConsensusMessage.PrePrepare(block.Height, view, block),
                1 => new ConsensusMessage.Prepare(block.Height, view, block.Hash),
                2 => new ConsensusMessage.Commit(block.Height, view, block.Hash),
                3 => Change(block, view, prepared),
                6 => Open(block, view, prepared),
                4 => new ConsensusMessage.Status(SomeHeight(), view, new Height(_random.Next(3))),
                _ => new ConsensusMessage.CheckpointVote(SomeHeight(), Hash32.Zero, Hash32.Zero, Four.Set.Hash),
            };
        }

        private ConsensusMessage.ViewChange Change(Block block, View view, PreparedBlock[] prepared) =>
            new(block.Height, view, prepared, Decided());

        private ConsensusMessage.OpenView Open(Block block, View view, PreparedBlock[] prepared)
        {
            ConsensusMessage.ViewChange change = Change(block, view, prepared);
            return new ConsensusMessage.OpenView(block.Height, view, new NewViewProof(
                [Four.VoteIn(1, change), Four.VoteIn(2, change), Four.VoteIn(3, change)],
                change.Decided,
                prepared,
                null));
        }

        private List<CommitCertificate> Decided() =>
            _last is { } last ? [Four.Committed(last, View.Zero, 0, 1, 2)] : [];

        private Height SomeHeight() => _random.Percent(10)
            ? new Height(Limits.MaxHeight - _random.Next(2))
            : new Height(Math.Max(1, _tip.Height.Value + _random.Next(4)));

        private View SomeView() => new(_random.Percent(5) ? Limits.MaxView - _random.Next(2) : _random.Next(3));

        private Block SomeBlock()
        {
            if (_blocks.Count > 0 && _random.Percent(80))
            {
                return _blocks[_blocks.Count - 1 - _random.Next(Math.Min(3, _blocks.Count))];
            }

            _blocks.Add(Four.MakeBlock(_tip, _random.Next(4), new Instant(_now + _random.Next(9)), $"{_blocks.Count}"));
            return _blocks[^1];
        }

        private static Verified<Decision> Decided(Block block)
        {
            Decision decision = new(block, Four.Committed(block, View.Zero, 1, 2, 3));
            MessageRefusal refusal = Four.Verifier.Verify(decision, Four.Set, out Verified<Decision> verified);
            Assert.Equal(MessageRefusal.None, refusal);
            return verified;
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
                        _last = final.Decision.Block;
                        _tip = ChainTip.Of(final.Decision.Block);
                        Step(new ConsensusInput.Applied(_tip.Height, Hash32.Zero, Hash32.Zero, Four.Set));
                        break;
                }
            }
        }
    }
}
