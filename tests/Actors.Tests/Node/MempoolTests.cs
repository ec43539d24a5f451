using System.Collections.Generic;
using System.Linq;
using EnergyNode.Actors.Clients;
using EnergyNode.Actors.Node;
using EnergyNode.Ledger;
using Xunit;
using static EnergyNode.Actors.Tests.Node.Village;

namespace EnergyNode.Actors.Tests.Node;

public sealed class MempoolTests
{
    [Fact]
    public void Only_registered_signers_with_usable_times_and_nonces_are_admitted()
    {
        Mempool pool = Pool();
        Assert.Equal(AdmissionRefusal.UnknownSigner, pool.Add(Batch("nobody", 1), Start));
        Assert.Equal(AdmissionRefusal.Expired, Add(pool, 1, until: new Instant(Start.Micros - 1)));
        Assert.Equal(AdmissionRefusal.None, Add(pool, 1, until: Start));
        Assert.Equal(AdmissionRefusal.Expired, Add(pool, 2, until: Start.Plus(new Duration(3_600_000_001))));
        Assert.Equal(AdmissionRefusal.None, Add(pool, 2, until: Start.Plus(Duration.FromSeconds(3_600))));
        Assert.Equal(AdmissionRefusal.NonceUnusable, Add(pool, 2, BatchFlags.Atomic));
        Assert.Equal(AdmissionRefusal.NonceUnusable, Add(pool, Ledger.Limits.NonceWindow + 1));
        Assert.Equal(AdmissionRefusal.None, Add(pool, Ledger.Limits.NonceWindow));
        pool.UpdateSigner(Key("a"), default(NonceWindow).With(5));
        Assert.Equal(AdmissionRefusal.NonceUnusable, Add(pool, 5));
        Assert.Equal(AdmissionRefusal.NonceUnusable, Add(pool, 4, BatchFlags.InOrder));
        Assert.Equal(AdmissionRefusal.None, Add(pool, 4));
    }

    [Fact]
    public void A_batch_that_is_there_already_is_admitted_again_and_counted_once()
    {
        Mempool pool = Pool();
        Verified<SignedBatch> batch = Batch("a", 1);
        Assert.Equal(AdmissionRefusal.None, pool.Add(batch, Start));
        Assert.Equal(AdmissionRefusal.None, pool.Add(batch, Start));
        Assert.Equal((1, (long)batch.Value.Bytes.Length), (pool.Count, pool.Bytes));
        pool.Remove(batch.Value.Hash);
        pool.Remove(batch.Value.Hash);
        Assert.Equal((0, 0), (pool.Count, pool.Bytes));
        Assert.Null(pool.Find(batch.Value.Hash));
    }

    [Fact]
    public void Each_signer_has_a_quota_and_the_pool_has_bounds_of_number_and_bytes()
    {
        Mempool quota = Pool(new MempoolLimits { MaxBatchesPerSigner = 2 });
        Assert.Equal(AdmissionRefusal.None, Add(quota, 1));
        Assert.Equal(AdmissionRefusal.None, Add(quota, 2));
        Assert.Equal(AdmissionRefusal.QuotaExceeded, Add(quota, 3));
        Assert.Equal(AdmissionRefusal.None, quota.Add(Batch("b", 3), Start));
        quota.Remove(Batch("a", 1).Value.Hash);
        Assert.Equal(AdmissionRefusal.None, Add(quota, 3));

        Mempool number = Pool(new MempoolLimits { MaxBatches = 1 });
        Assert.Equal(AdmissionRefusal.None, Add(number, 1));
        Assert.Equal(AdmissionRefusal.MempoolFull, Add(number, 2));

        int one = Batch("a", 1).Value.Bytes.Length;
        Mempool bytes = Pool(new MempoolLimits { MaxBytes = (2 * one) - 1 });
        Assert.Equal(AdmissionRefusal.None, Add(bytes, 1));
        Assert.Equal(AdmissionRefusal.MempoolFull, Add(bytes, 2));
        bytes = Pool(new MempoolLimits { MaxBytes = 2 * one });
        Assert.Equal(AdmissionRefusal.None, Add(bytes, 1));
        Assert.Equal(AdmissionRefusal.None, Add(bytes, 2));
    }

    [Fact]
    public void A_block_takes_the_oldest_first_and_each_signers_in_the_order_of_nonces() => AssertSelected(
        "a3 b1 a2 a1 b5", "a1 a2 a3 b1 b5");

    [Theory]
    [InlineData("a1! a2! a3!", "a1 a2 a3")]
    [InlineData("a3! a1! a2!", "a1 a2 a3")]
    [InlineData("a2! a3! b1!", "b1")]
    [InlineData("a2! a1", "a1 a2")]
    [InlineData("a5 a6! a3!", "a5 a6")]
    [InlineData("a1! a3! a4", "a1 a4")]
    public void An_in_order_batch_is_taken_only_behind_its_predecessor(string arrivals, string expected) =>
        AssertSelected(arrivals, expected);

    [Fact]
    public void A_block_has_bounds_of_number_and_bytes()
    {
        int one = Batch("a", 1).Value.Bytes.Length;
        AssertSelected("a1 a2 a3", "a1 a2", new MempoolLimits { MaxBatchesPerBlock = 2 });
        AssertSelected("a1 a2 a3", "a1 a2", new MempoolLimits { MaxBlockBytes = (3 * one) - 1 });
        AssertSelected("a1 a2 a3", "a1 a2 a3", new MempoolLimits { MaxBlockBytes = 3 * one });
    }

    [Fact]
    public void Expired_used_and_overtaken_batches_are_taken_out_with_the_reason()
    {
        Mempool pool = Pool();
        Verified<SignedBatch>[] batches =
        [
            Batch("a", 1, until: Start), Batch("a", 2), Batch("a", 3), Batch("a", 4, BatchFlags.InOrder), Batch("b", 2),
        ];
        Assert.All(batches, batch => Assert.Equal(AdmissionRefusal.None, pool.Add(batch, Start)));
        Assert.Empty(pool.RemoveStale(Start));
        pool.UpdateSigner(Key("a"), default(NonceWindow).With(2).With(5));

        List<(Hash32 Batch, AdmissionRefusal Reason)> stale = pool.RemoveStale(new Instant(Start.Micros + 1));

        Assert.Equal(
            [
                (batches[0].Value.Hash, AdmissionRefusal.Expired),
                (batches[1].Value.Hash, AdmissionRefusal.NonceUnusable),
                (batches[3].Value.Hash, AdmissionRefusal.NonceUnusable),
            ],
            stale);
        Assert.Equal([batches[2].Value.Hash, batches[4].Value.Hash], pool.Select());
    }

    private static Mempool Pool(MempoolLimits? limits = null)
    {
        Mempool pool = new(limits ?? new MempoolLimits());
        pool.UpdateSigner(Key("a"), default);
        pool.UpdateSigner(Key("b"), default);
        return pool;
    }

    private static AdmissionRefusal Add(
        Mempool pool, long nonce, BatchFlags flags = BatchFlags.None, Instant? until = null) =>
        pool.Add(Batch("a", nonce, flags, until), Start);

    /// <summary>Batches by signer and nonce, with a ! for in-order.</summary>
    private static void AssertSelected(string arrivals, string expected, MempoolLimits? limits = null)
    {
        Mempool pool = Pool(limits);
        Dictionary<Hash32, string> names = [];
        foreach (string arrival in arrivals.Split(' '))
        {
            Verified<SignedBatch> batch = Batch(
                arrival[..1], arrival[1] - '0', arrival.EndsWith('!') ? BatchFlags.InOrder : BatchFlags.None);
            names.Add(batch.Value.Hash, arrival.TrimEnd('!'));
            Assert.Equal(AdmissionRefusal.None, pool.Add(batch, Start));
        }

        Assert.Equal(expected, string.Join(' ', pool.Select().Select(hash => names[hash])));
    }
}
