using System.Threading.Tasks;
using EnergyNode.Node.Oracle;
using Xunit;
using static EnergyNode.Node.Tests.Oracle.OracleFixture;

namespace EnergyNode.Node.Tests.Oracle;

public sealed class OracleRunnerTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public async Task A_lost_batch_or_answer_is_made_good_and_counts_once(int batches, int answers)
    {
        FakeLedger ledger = new("a") { LoseBatches = batches, LoseAnswers = answers };
        await using RunningOracle oracle = new(ledger, "a");
        Assert.Equal((2 - answers, answers, 0, 0), Counts(await oracle.DeliverAsync("a@0=10 a@1=11")));
        Assert.Equal("0:a:10 1:a:11", ledger.Readings);
        Assert.Equal(2, ledger.OpenEpoch);
    }

    [Fact]
    public async Task Sources_feed_one_stream_at_the_same_time()
    {
        FakeLedger ledger = new("a", "b");
        await using RunningOracle oracle = new(ledger, "a", "b");
        await Task.WhenAll(
            oracle.DeliverAsync("a@2=12 a@1=11"),
            oracle.DeliverAsync("b@0=20 b@1=21 b@2=22"),
            oracle.DeliverAsync("a@0=10"));
        Assert.Equal("0:a:10 0:b:20 1:a:11 1:b:21 2:a:12 2:b:22", Sorted(ledger.Readings));
        Assert.Equal(3, ledger.OpenEpoch);
    }

    [Fact]
    public async Task What_comes_after_its_epoch_is_a_correction_and_comes_again_for_nothing()
    {
        FakeLedger ledger = new("a", "b");
        await using RunningOracle oracle = new(ledger, "a");
        await oracle.DeliverAsync("a@0=10 a@1=11");
        await using RunningOracle late = new(ledger, "a", "b");
        DeliveryOutcome outcome = await late.DeliverAsync("b@0=20 b@1=21 a@0=10 a@1=99");
        Assert.Equal((0, 1, 0, 1), Counts(outcome));
        Assert.Equal(2, outcome.Corrected);
        Assert.Equal((0, 2, 0, 0), Counts(await late.DeliverAsync("b@0=20 b@1=21")));
        Assert.Equal("0:b:20 1:b:21", ledger.Corrections);
        Assert.Equal("0:a:10 1:a:11", ledger.Readings);
    }

    private static string Sorted(string readings)
    {
        string[] parts = readings.Split(' ');
        System.Array.Sort(parts, System.StringComparer.Ordinal);
        return string.Join(' ', parts);
    }
}
