using System;
using System.Collections.Concurrent;
using EnergyNode.Actors;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus.Pow;
using EnergyNode.Ledger;
using EnergyNode.Node.Mining;
using Xunit;

namespace EnergyNode.Node.Tests.Mining;

public sealed class WorkMinerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly Difficulty Easy = new(20_000);
    private static readonly Difficulty Endless = new(1L << 50);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Each_block_gets_one_nonce_that_does_its_work(int threads)
    {
        using WorkMiner miner = new(threads);
        Answers answers = new();
        for (byte i = 0; i < 20; i++)
        {
            Hash32 block = Hash32.Of([i]);
            miner.Mine(block, Easy, answers);
            NonceFound found = answers.Take();
            Assert.Equal(block, found.Block);
            Assert.True(ProofOfWork.IsDone(block, Easy, found.Nonce));
        }

        miner.Dispose();
        Assert.Equal(0, answers.Waiting);
    }

    [Fact]
    public void A_new_block_replaces_one_that_would_take_for_ever()
    {
        using WorkMiner miner = new(2);
        Answers answers = new();
        miner.Mine(Hash32.Of([1]), Endless, answers);
        miner.Mine(Hash32.Of([2]), Easy, answers);
        Assert.Equal(Hash32.Of([2]), answers.Take().Block);
        miner.Mine(Hash32.Of([3]), Endless, answers);
        miner.Cancel();
        miner.Mine(Hash32.Of([4]), Easy, answers);
        Assert.Equal(Hash32.Of([4]), answers.Take().Block);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65)]
    public void Other_than_1_to_64_threads_are_refused(int threads) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkMiner(threads).Dispose());

    private sealed class Answers : IActorRef
    {
        private readonly BlockingCollection<object> _messages = [];

        public ActorPath Path => throw new NotSupportedException();

        public int Waiting => _messages.Count;

        public void Tell(object message, IActorRef? sender = null) => _messages.Add(message);

        public NonceFound Take()
        {
            Assert.True(_messages.TryTake(out object? message, Patience));
            return Assert.IsType<NonceFound>(message);
        }
    }
}
