using System;
using System.Threading.Tasks;
using Xunit;

namespace EnergyNode.Pbm.Tests;

public sealed class ClusterWaitTests
{
    [Fact]
    public async Task Conditions_that_hold_end_the_wait_at_once()
    {
        using var directory = new RuntimeDirectory();
        await using var node = new TestNode(directory);
        PbmRun run = await PbmRun.WithAsync(
            directory, "cluster", "wait", "--for", "height=99,members=4,healthy", "-o", "pbm");
        Assert.Equal(new PbmRun(0, "true | 99 | 4\n", ""), run);
    }

    [Fact]
    public async Task A_height_is_asked_for_until_it_is_reached()
    {
        using var directory = new RuntimeDirectory();
        await using var node = new TestNode(directory) { BeforeStatus = n => n.Height++ };
        PbmHost host = PbmRun.Host(directory) with
        {
            Limits = new PbmLimits { WaitInterval = TimeSpan.Zero },
            Clock = new ManualClock(),
        };
        PbmRun run = await PbmRun.WithAsync(host, "cluster", "wait", "--for=height=105", "-o", "pbm");
        Assert.Equal(new PbmRun(0, "true | 105 | 4\n", ""), run);
    }

    [Fact]
    public async Task Time_that_runs_out_ends_with_5_and_what_was_seen()
    {
        using var directory = new RuntimeDirectory();
        var clock = new ManualClock();
        await using var node = new TestNode(directory)
        {
            // The second question: by then the first one's answer has been judged.
            BeforeStatus = n =>
            {
                if (++n.Height == 101)
                {
                    clock.Advance(TimeSpan.FromSeconds(30));
                }
            },
        };
        PbmHost host = PbmRun.Host(directory) with
        {
            Limits = new PbmLimits { WaitInterval = TimeSpan.Zero },
            Clock = clock,
        };
        PbmRun run = await PbmRun.WithAsync(host, "cluster", "wait", "--for", "height=1000", "--timeout", "30s");
        Assert.Equal(5, run.Code);
        Assert.Contains("waited 30 s in vain, last seen height=100 (wanted 1000)", run.Error);
    }
}
