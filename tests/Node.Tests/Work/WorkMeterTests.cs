using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using EnergyNode.Node.Tests.Network;
using EnergyNode.Node.Work;
using Xunit;

namespace EnergyNode.Node.Tests.Work;

public sealed class WorkMeterTests
{
    private long _now;

    [Fact]
    public void Work_within_other_work_counts_for_the_inner_one_alone()
    {
        WorkMeter meter = new(() => _now);
        WorkMeter.Mark ledger = meter.Begin();
        _now += 10;
        WorkMeter.Mark first = meter.Begin();
        _now += 60;
        meter.End(WorkKind.Signatures, first, 1);
        _now += 5;
        WorkMeter.Mark second = meter.Begin();
        _now += 40;
        meter.End(WorkKind.Signatures, second, 1);
        meter.End(WorkKind.Market, ledger, 3);

        Assert.Equal((100, 2), (meter.Nanoseconds(WorkKind.Signatures), meter.Count(WorkKind.Signatures)));
        Assert.Equal((15, 3), (meter.Nanoseconds(WorkKind.Market), meter.Count(WorkKind.Market)));
        Assert.Equal(0, meter.Nanoseconds(WorkKind.Consensus));
    }

    [Fact]
    public void Three_levels_add_up_to_the_whole()
    {
        WorkMeter meter = new(() => _now);
        WorkMeter.Mark outer = meter.Begin();
        _now += 1;
        WorkMeter.Mark middle = meter.Begin();
        _now += 2;
        WorkMeter.Mark inner = meter.Begin();
        _now += 4;
        meter.End(WorkKind.Signatures, inner, 1);
        meter.End(WorkKind.Mempool, middle, 1);
        _now += 8;
        meter.End(WorkKind.Consensus, outer, 1);

        Assert.Equal(4, meter.Nanoseconds(WorkKind.Signatures));
        Assert.Equal(2, meter.Nanoseconds(WorkKind.Mempool));
        Assert.Equal(9, meter.Nanoseconds(WorkKind.Consensus));
    }

    [Fact]
    public async Task Threads_do_not_disturb_each_other()
    {
        WorkMeter meter = new(() => _now);
        WorkMeter.Mark here = meter.Begin();
        _now += 7;
        await Task.Factory.StartNew(
            () =>
            {
                WorkMeter.Mark there = meter.Begin();
                _now += 100;
                meter.End(WorkKind.Signatures, there, 1);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        Assert.Equal(100, meter.Nanoseconds(WorkKind.Signatures));
        Assert.Equal(0, here.Inner);
    }

    [Theory]
    [InlineData("/user/consensus", "Consensus")]
    [InlineData("/user/sentinel", "Consensus")]
    [InlineData("/user/ledger", "Market")]
    [InlineData("/user/market/books/home-spot", "Market")]
    [InlineData("/user/marketing", "OtherActors")]
    [InlineData("/user/mempool", "Mempool")]
    [InlineData("/user/peers", "OtherActors")]
    public void Actors_count_by_their_path(string path, string kind) =>
        Assert.Equal(kind, MeteredDispatcher.KindOf(path).ToString());

    [Fact]
    public void Signing_and_verifying_are_counted_and_do_what_they_did()
    {
        WorkMeter meter = new(() => _now += 3);
        FakeSigner inner = new(1);
        MeteredSigner signer = new(inner, meter);
        MeteredVerifier verifier = new(new FakeVerifier(), meter);

        Signature signature = signer.Sign("text"u8);

        Assert.Equal(inner.Sign("text"u8), signature);
        Assert.True(verifier.Verify(signer.PublicKey, "text"u8, signature));
        Assert.False(verifier.Verify(signer.PublicKey, "other"u8, signature));
        Assert.Equal((9, 3), (meter.Nanoseconds(WorkKind.Signatures), meter.Count(WorkKind.Signatures)));
    }

    [Fact]
    public void Counting_allocates_nothing()
    {
        WorkMeter meter = new(ThreadTime.Nanoseconds);
        Count(meter);
        long before = System.GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            Count(meter);
        }

        Assert.Equal(before, System.GC.GetAllocatedBytesForCurrentThread());
        Assert.True(meter.Nanoseconds(WorkKind.Market) > 0);

        static void Count(WorkMeter meter)
        {
            WorkMeter.Mark mark = meter.Begin();
            meter.End(WorkKind.Market, mark, 1);
        }
    }
}
