using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Node.Oracle;
using Xunit;
using static EnergyNode.Node.Tests.Oracle.OracleFixture;

namespace EnergyNode.Node.Tests.Oracle;

public sealed class QueueSourceTests
{
    [Fact]
    public async Task A_message_is_acknowledged_only_after_the_ledger_has_its_readings()
    {
        FakeLedger ledger = new("a");
        TaskCompletionSource open = new();
        ledger.Open = open.Task;
        FakeQueue queue = new(10);
        queue.Publish(Csv("a@0=10"));
        await WithSourceAsync(ledger, queue, async () =>
        {
            await queue.UntilAsync(static queue => queue.Unanswered == 1);
            Assert.Equal("", queue.Answers);
            open.SetResult();
            await queue.UntilAsync(static queue => queue.Answers == "ack:a=10");
            Assert.Equal("0:a:10", ledger.Readings);
        });
    }

    [Fact]
    public async Task The_prefetch_holds_the_broker_back()
    {
        FakeLedger ledger = new("a");
        TaskCompletionSource open = new();
        ledger.Open = open.Task;
        FakeQueue queue = new(3);
        for (int epoch = 0; epoch < 20; epoch++)
        {
            queue.Publish(Csv($"a@{epoch}={100 + epoch}"));
        }

        await WithSourceAsync(ledger, queue, async () =>
        {
            await queue.UntilAsync(static queue => queue.Unanswered == 3);
            open.SetResult();
            await queue.UntilAsync(static queue => queue.Answers.Split(' ').Length == 20);
            Assert.Equal(3, queue.MostUnanswered);
            Assert.Equal(20, ledger.OpenEpoch);
        });
    }

    [Fact]
    public async Task What_was_not_acknowledged_when_the_connection_broke_comes_again_and_counts_once()
    {
        FakeLedger ledger = new("a");
        TaskCompletionSource open = new();
        ledger.Open = open.Task;
        FakeQueue queue = new(10) { RefuseConnects = 1 };
        queue.Publish(Csv("a@0=10"));
        queue.Publish(Csv("a@1=11"));
        await WithSourceAsync(ledger, queue, async () =>
        {
            await queue.UntilAsync(static queue => queue.Unanswered == 2);
            queue.Break();
            await queue.UntilAsync(static queue => queue.Unanswered == 2);
            open.SetResult();
            await queue.UntilAsync(static queue => queue.Answers == "ack:a=10 ack:a=11");
            Assert.Equal("0:a:10 1:a:11", ledger.Readings);
            Assert.Equal(3, queue.Connects);
        });
    }

    [Fact]
    public async Task After_a_crash_between_the_ledger_and_the_acknowledgement_nothing_counts_twice()
    {
        FakeLedger ledger = new("a");
        FakeQueue queue = new(10);
        queue.Publish(Csv("a@0=10"));
        ledger.Execute(Confirmed("a@0=10"));
        Assert.Equal("0:a:10", ledger.Readings);
        queue.Publish(Csv("a@1=11"));
        await WithSourceAsync(ledger, queue, async () =>
        {
            await queue.UntilAsync(static queue => queue.Answers == "ack:a=10 ack:a=11");
            Assert.Equal("0:a:10 1:a:11", ledger.Readings);
        });
    }

    [Fact]
    public async Task What_cannot_be_read_or_is_refuted_is_rejected_and_the_stream_goes_on()
    {
        FakeLedger ledger = new("a");
        FakeQueue queue = new(10);
        queue.Publish(Encoding.UTF8.GetBytes("no readings\nx,bad,row"));
        queue.Publish(Csv("a@0=-1"));
        queue.Publish(Csv("a@0=10"));
        await WithSourceAsync(ledger, queue, async () =>
        {
            await queue.UntilAsync(static queue => queue.Answers.Contains("ack", StringComparison.Ordinal));
            await queue.UntilAsync(static queue => queue.Unanswered == 0);
            Assert.Equal("ack:a=10 reject:a=-1 reject:bad=row", queue.Answers);
        });
    }

    [RabbitFact]
    public async Task A_real_broker_keeps_what_is_not_acknowledged()
    {
        await using RabbitTestQueue broker = await RabbitTestQueue.CreateAsync();
        await broker.PublishAsync(Csv("a@0=10"));
        await broker.PublishAsync(Csv("a@1=11"));
        RabbitQueue queue = broker.Open(prefetch: 1);
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        await using (IReadingQueueSession first = await queue.ConnectAsync(patience.Token))
        {
            QueuedMessage message = await FirstAsync(first, patience.Token);
            Assert.Equal(Csv("a@0=10"), message.Body);
        }

        FakeLedger ledger = new("a");
        await using RunningOracle oracle = new(ledger, "a");
        Task source = new QueueSource(queue, oracle.Runner, Log, TimeProvider.System).RunAsync(patience.Token);
        while (ledger.OpenEpoch < 2 || await broker.CountAsync() > 0)
        {
            Assert.False(source.IsCompleted);
            await Task.Yield();
        }

        Assert.Equal("0:a:10 1:a:11", ledger.Readings);
        await patience.CancelAsync();
        await source.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static OracleBatch Confirmed(string readings)
    {
        OracleStream stream = Stream("a", "b");
        stream.Begin(new FakeLedger("a", "b").Cursor);
        stream.TryOffer(Delivery(readings), Now);
        return stream.Next(Now)!;
    }

    private static async Task<QueuedMessage> FirstAsync(IReadingQueueSession session, CancellationToken cancellation)
    {
        await foreach (QueuedMessage message in session.ReadAsync(cancellation))
        {
            return message;
        }

        throw new InvalidOperationException("The session ended.");
    }

    private static async Task WithSourceAsync(FakeLedger ledger, FakeQueue queue, Func<Task> test)
    {
        using CancellationTokenSource stop = new();
        await using RunningOracle oracle = new(ledger, "a");
        Task source = new QueueSource(queue, oracle.Runner, Log, TimeProvider.System).RunAsync(stop.Token);
        await test();
        await stop.CancelAsync();
        await source.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
