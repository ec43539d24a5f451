using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Actors.Node;
using EnergyNode.Ledger;
using Xunit;
using static EnergyNode.Actors.Tests.Node.Village;

namespace EnergyNode.Actors.Tests.Node;

public sealed class SpreadDeskTests
{
    private readonly Mempool _pool = new(new MempoolLimits(MaxBatchesPerSigner: 2 * Limits.MaxBatchesPerRequest));
    private readonly SpreadDesk _desk;

    public SpreadDeskTests()
    {
        _pool.UpdateSigner(Key("a"), default);
        _pool.UpdateSigner(Key("b"), default);
        _desk = new SpreadDesk(_pool, new NodeTimings());
    }

    [Theory]
    [InlineData(1, 2_000)]
    [InlineData(24, 48_000)]
    [InlineData(25, 50_000)]
    [InlineData(99, 50_000)]
    public void Who_is_not_the_first_waits_for_its_turn_but_not_long(int turn, long wait)
    {
        Verified<SignedBatch> batch = Pooled("a", 1);
        Assert.False(_desk.Take(batch.Value.Hash, turn, Start));

        Assert.Equal(After(wait), _desk.NextDue());
        Assert.Equal(new Duration(wait - 1), _desk.WaitFor(After(wait), After(1)));
        Assert.Equal(new Duration(0), _desk.WaitFor(After(wait), After(wait + 1)));
        Assert.Equal(new Duration(50_000), _desk.WaitFor(After(wait), After(-1_000_000)));
        Assert.Empty(_desk.TakeDue(After(wait - 1)));
        Assert.Equal(batch.Value.Bytes, Assert.Single(_desk.TakeDue(After(wait))));
        Assert.Null(_desk.NextDue());
        Assert.Empty(_desk.TakeDue(After(wait)));
    }

    [Fact]
    public void The_first_in_turn_spreads_at_once()
    {
        Hash32 batch = Pooled("a", 1).Value.Hash;
        Assert.True(_desk.Take(batch, 0, Start));
        Assert.Null(_desk.NextDue());
        Assert.False(_desk.Take(batch, 0, Start));
    }

    [Fact]
    public void What_a_peer_brings_meanwhile_is_not_spread_but_announced_as_long_as_it_waits()
    {
        Hash32 batch = Pooled("a", 1).Value.Hash;
        _desk.Take(batch, 3, Start);
        _desk.Brought(batch);

        Assert.Null(_desk.NextDue());
        Assert.Empty(_desk.TakeDue(After(1_000_000)));
        AssertAnnounced(batch);
    }

    [Fact]
    public void What_a_client_brings_after_a_peer_is_announced_and_not_spread()
    {
        Hash32 batch = Pooled("a", 1).Value.Hash;
        _desk.Brought(batch);
        _desk.TakeKnown(batch);

        Assert.Null(_desk.NextDue());
        AssertAnnounced(batch);
    }

    [Fact]
    public void What_was_spread_is_announced_too()
    {
        Hash32 batch = Pooled("a", 1).Value.Hash;
        Assert.True(_desk.Take(batch, 0, Start));
        AssertAnnounced(batch);
        Hash32 other = Pooled("a", 2).Value.Hash;
        _desk.Take(other, 1, Start);
        Assert.Single(_desk.TakeDue(After(2_000)));
        AssertAnnounced(other);
    }

    [Fact]
    public void What_has_left_the_pool_is_neither_spread_nor_announced()
    {
        Hash32 batch = Pooled("a", 1).Value.Hash;
        Hash32 stays = Pooled("a", 2).Value.Hash;
        _desk.Take(batch, 3, Start);
        _desk.Take(stays, 3, Start);
        Assert.Empty(_desk.Announce());
        _pool.Remove(batch);

        Assert.Equal(_pool.Find(stays)!.Value.Value.Bytes, Assert.Single(_desk.TakeDue(After(6_000))));
        Assert.Equal([stays], _desk.Announce());
    }

    [Fact]
    public void What_has_left_the_pool_is_forgotten()
    {
        Hash32 batch = Pooled("a", 1).Value.Hash;
        _desk.Take(batch, 3, Start);
        _pool.Remove(batch);
        _desk.Forget();
        Assert.Equal(0, _desk.Count);
        Assert.Null(_desk.NextDue());
    }

    [Fact]
    public void A_batch_that_comes_again_is_spread_and_announced_once()
    {
        Hash32 batch = Pooled("a", 1).Value.Hash;
        _desk.Take(batch, 1, Start);
        _desk.TakeKnown(batch);
        _desk.Take(batch, 2, Start);

        Assert.Equal(1, _desk.Count);
        Assert.Single(_desk.TakeDue(After(50_000)));
        _desk.TakeKnown(batch);
        Assert.Empty(_desk.Announce());
        Assert.Equal([batch], _desk.Announce());
    }

    [Fact]
    public void Those_that_are_due_go_together_the_first_due_first_and_those_of_one_time_as_they_came()
    {
        Verified<SignedBatch>[] batches = [.. Enumerable.Range(1, 5).Select(nonce => Pooled("a", nonce))];
        int[] turns = [2, 1, 3, 2, 1];
        foreach ((Verified<SignedBatch> batch, int turn) in batches.Zip(turns))
        {
            _desk.Take(batch.Value.Hash, turn, Start);
        }

        _desk.Brought(batches[4].Value.Hash);
        Assert.Equal(After(2_000), _desk.NextDue());
        Assert.Equal(
            [batches[1].Value.Bytes, batches[0].Value.Bytes, batches[3].Value.Bytes], _desk.TakeDue(After(4_000)));
        Assert.Equal(After(6_000), _desk.NextDue());
    }

    [Fact]
    public void No_more_go_together_than_fill_a_frame()
    {
        Verified<SignedBatch>[] large = [.. Enumerable.Range(1, 16).Select(n => Pooled("a", n, size: 80_000))];
        Verified<SignedBatch>[] small =
            [.. Enumerable.Range(1, Limits.MaxBatchesPerRequest - 1).Select(n => Pooled("b", n))];
        foreach (Verified<SignedBatch> batch in large.Concat(small))
        {
            _desk.Take(batch.Value.Hash, 1, Start);
        }

        int fit = (Limits.FrameFillBytes / large[0].Value.Bytes.Length) + 1;
        Assert.Equal(fit, _desk.TakeDue(After(2_000)).Count);
        Assert.Equal(Limits.MaxBatchesPerRequest, _desk.TakeDue(After(2_000)).Count);
        Assert.Equal(large.Length - fit - 1, _desk.TakeDue(After(2_000)).Count);
        Assert.Empty(_desk.TakeDue(After(2_000)));
    }

    [Fact]
    public void More_than_fit_are_announced_in_turn()
    {
        Hash32[] first = [.. Enumerable.Range(1, 1_000).Select(n => Pooled("a", n).Value.Hash)];
        Hash32[] second = [.. Enumerable.Range(1, 1_000).Select(n => Pooled("b", n).Value.Hash)];
        foreach (Hash32 batch in first.Concat(second))
        {
            _desk.TakeKnown(batch);
        }

        Assert.Empty(_desk.Announce());
        List<Hash32> named = _desk.Announce();
        Assert.Equal(Limits.MaxBatchesPerRequest, named.Count);
        Assert.Equal(first.Concat(second), named.Concat(_desk.Announce()).Take(2_000));
    }

    [Fact]
    public void Each_validator_has_a_turn_of_its_own_and_the_batch_picks_the_first()
    {
        Membership[] members = [.. Names.Select(name => new Membership(Key(name), Validators))];
        HashSet<int> firsts = [];
        for (byte i = 0; i < 100; i++)
        {
            int[] turns = [.. members.Select(member => member.TurnOf(Hash32.Of([i])))];
            Assert.Equal([0, 1, 2, 3], turns.Order());
            int first = Array.IndexOf(turns, 0);
            firsts.Add(first);
            Assert.Equal(1, turns[(first + 1) % 4]);
        }

        Assert.Equal(4, firsts.Count);
    }

    private static Instant After(long micros) => Start.Plus(new Duration(micros));

    /// <summary>Not the next time, as it may have come just now, but from then on until it leaves the pool.</summary>
    private void AssertAnnounced(Hash32 batch)
    {
        Assert.Empty(_desk.Announce());
        Assert.Equal([batch], _desk.Announce());
        Assert.Equal([batch], _desk.Announce());
        _pool.Remove(batch);
        Assert.Empty(_desk.Announce());
        Assert.Equal(0, _desk.Count);
    }

    private Verified<SignedBatch> Pooled(string signer, long nonce, int size = 0)
    {
        Verified<SignedBatch> batch = Batch(signer, nonce, size: size);
        Assert.Equal(Clients.AdmissionRefusal.None, _pool.Add(batch, Start));
        return batch;
    }
}
