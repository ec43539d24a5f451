using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Node.Oracle;

namespace EnergyNode.Node.Tests.Oracle;

/// <summary>A broker in memory: keeps to the prefetch, hands out again what a broken session did not answer.</summary>
internal sealed class FakeQueue(int prefetch) : IReadingQueue
{
    private readonly int _prefetch = prefetch;
    private readonly Lock _gate = new();
    private readonly List<byte[]> _ready = [];
    private readonly List<string> _answers = [];
    private TaskCompletionSource _changed = NewSignal();
    private Session? _session;

    /// <summary>The most messages that ever were without an answer.</summary>
    public int MostUnanswered { get; private set; }

    public int Connects { get; private set; }

    /// <summary>How many of the next connections fail.</summary>
    public int RefuseConnects { get; set; }

    public int Unanswered
    {
        get
        {
            lock (_gate)
            {
                return _session?.Open.Count ?? 0;
            }
        }
    }

    /// <summary>Sorted: which answer comes first is for the threads to say.</summary>
    public string Answers
    {
        get
        {
            lock (_gate)
            {
                return string.Join(' ', _answers.Order(StringComparer.Ordinal));
            }
        }
    }

    public void Publish(byte[] body)
    {
        lock (_gate)
        {
            _ready.Add(body);
            Signal();
        }
    }

    public void Break()
    {
        lock (_gate)
        {
            _session!.IsBroken = true;
            _ready.InsertRange(0, _session.Open.Values);
            _session.Open.Clear();
            Signal();
        }
    }

    /// <summary>Until a condition of the queue holds.</summary>
    public async Task UntilAsync(Func<FakeQueue, bool> holds)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                changed = _changed.Task;
            }

            if (holds(this))
            {
                return;
            }

            await changed.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    public Task<IReadingQueueSession> ConnectAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            Connects++;
            if (RefuseConnects > 0)
            {
                RefuseConnects--;
                throw new ReadingQueueException("refused");
            }

            _session = new Session(this);
            return Task.FromResult<IReadingQueueSession>(_session);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Signal()
    {
        _changed.TrySetResult();
        _changed = NewSignal();
    }

    private sealed class Session(FakeQueue queue) : IReadingQueueSession
    {
        private ulong _tag;

        public SortedDictionary<ulong, byte[]> Open { get; } = [];

        public bool IsBroken { get; set; }

        public async IAsyncEnumerable<QueuedMessage> ReadAsync(
            [EnumeratorCancellation] CancellationToken cancellation)
        {
            while (true)
            {
                QueuedMessage? next = null;
                Task changed;
                lock (queue._gate)
                {
                    if (IsBroken)
                    {
                        throw new ReadingQueueException("broken");
                    }

                    changed = queue._changed.Task;
                    if (queue._ready.Count > 0 && Open.Count < queue._prefetch)
                    {
                        next = new QueuedMessage(++_tag, queue._ready[0]);
                        queue._ready.RemoveAt(0);
                        Open.Add(_tag, next.Value.Body);
                        queue.MostUnanswered = Math.Max(queue.MostUnanswered, Open.Count);
                        queue.Signal();
                    }
                }

                if (next is { } message)
                {
                    yield return message;
                }
                else
                {
                    await changed.WaitAsync(cancellation);
                }
            }
        }

        public Task AcknowledgeAsync(ulong tag, CancellationToken cancellation) => Answer(tag, "ack");

        public Task RejectAsync(ulong tag, CancellationToken cancellation) => Answer(tag, "reject");

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private Task Answer(ulong tag, string what)
        {
            lock (queue._gate)
            {
                if (Open.Remove(tag, out byte[]? body))
                {
                    string row = System.Text.Encoding.UTF8.GetString(body).Split('\n').Skip(1).FirstOrDefault("");
                    queue._answers.Add($"{what}:{string.Join('=', row.Split(',').Skip(1).Take(2))}");
                    queue.Signal();
                }
            }

            return Task.CompletedTask;
        }
    }
}
