using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Actors.Clients;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;
using EnergyNode.Market.Execution;
using EnergyNode.Node.Network;

namespace EnergyNode.Node.Gateway;

/// <summary>
/// Submits signed batches to all validators and follows each until f + 1 of them report the same final receipts. A
/// batch goes out again after a refusal for want of room, after a new connection and after a silence. All members are
/// safe from any thread.
/// </summary>
public sealed class GatewayClient : IAsyncDisposable
{
    private readonly GatewayOptions _options;
    private readonly TimeProvider _time;
    private readonly NodeCertificate _certificate = NodeCertificate.Create();
    private readonly ValidatorLink[] _links;
    private readonly Outbox[] _outboxes;
    private readonly SemaphoreSlim[] _signals;
    private readonly Window _window;
    private readonly Dictionary<Hash32, InFlight> _inFlight = [];
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _running;
    private long _lastProgress;

    /// <param name="options">The chain, and how patient to be.</param>
    /// <param name="validators">The whole validator set: f + 1 is counted from it.</param>
    /// <param name="signer">The gateway's key, shown to the validators.</param>
    /// <param name="verifier">Checks the validators' hellos.</param>
    /// <param name="time">The system's; another one in tests.</param>
    public GatewayClient(
        GatewayOptions options,
        IReadOnlyList<ValidatorEndpoint> validators,
        ISigner signer,
        ISignatureVerifier verifier,
        TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfZero(validators.Count);
        _options = options;
        _time = time;
        _window = new Window(options.MaxInFlight, options.MaxBytesInFlight);
        TransportOptions transport = new() { ChainId = options.Chain.ToString(), Role = PeerRole.Client };
        _links =
        [
            .. validators.Select(validator =>
                new ValidatorLink(validator, transport, signer, verifier, _certificate, time)),
        ];
        _outboxes = [.. validators.Select(_ => new Outbox(options))];
        _signals = [.. validators.Select(_ => new SemaphoreSlim(0, 1))];
        _lastProgress = Now();
        _running =
        [
            .. _links.Select((_, i) => GuardAsync(() => RunLinkAsync(i))),
            .. _links.Select((_, i) => GuardAsync(() => SendAsync(i))),
            GuardAsync(WatchAsync),
        ];
    }

    public int Validators => _links.Length;

    /// <summary>How many equal reports are needed: f + 1.</summary>
    public int Needed => ((_links.Length - 1) / 3) + 1;

    public IReadOnlyList<LinkState> Links => [.. _links.Select(link => link.State)];

    /// <summary>Hands a batch in; waits while as many batches as allowed are in flight.</summary>
    public async Task<Submission> BeginAsync(SignedBatch batch, CancellationToken cancellation)
    {
        await _window.EnterAsync(batch.Bytes.Length, cancellation);
        InFlight entry = new(batch, new FinalVotes(batch, _links.Length), _time.GetTimestamp());
        lock (_gate)
        {
            if (_inFlight.Count == 0)
            {
                _lastProgress = Now();
            }

            _inFlight.Add(batch.Hash, entry);
            long now = Now();
            foreach (Outbox outbox in _outboxes)
            {
                outbox.Add(batch, now);
            }
        }

        SignalAll();
        return new Submission(batch, entry.Done.Task);
    }

    /// <summary>Asks one validator.</summary>
    /// <returns>Null when it is not connected, or gives no answer in time.</returns>
    public Task<ClientAnswer?> AskAsync(
        int validator, Func<long, ClientQuery> question, CancellationToken cancellation) =>
        _links[validator].AskAsync(question, cancellation);

    /// <summary>Closes all connections; what is not final yet fails.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running);
        FailAll("the gateway was closed");
        _certificate.Dispose();
    }

    /// <summary>A bug in one of the loops fails what is in flight instead of leaving it to wait for ever.</summary>
    private Task GuardAsync(Func<Task> loop) => Task.Run(async () =>
    {
        try
        {
            await loop();
        }
        catch (Exception error) when (!_stop.IsCancellationRequested)
        {
            FailAll($"the gateway broke: {error.Message.ReplaceLineEndings(" ")}");
        }
        catch (OperationCanceledException)
        {
            // Closing is how the loops end.
        }
    });

    private Task RunLinkAsync(int validator) => _links[validator].RunAsync(
        () =>
        {
            lock (_gate)
            {
                _outboxes[validator].OnConnected(Now());
            }

            Signal(validator);
        },
        receipt => OnReceipt(validator, receipt),
        _stop.Token);

    private async Task SendAsync(int validator)
    {
        while (!_stop.IsCancellationRequested)
        {
            (SignedBatch Batch, bool Ask)? due;
            TimeSpan? wait = null;
            lock (_gate)
            {
                due = _links[validator].IsConnected ? _outboxes[validator].TakeDue(Now(), out wait) : null;
            }

            if (due is { } item)
            {
                await SendOneAsync(validator, item.Batch, item.Ask);
            }
            else
            {
                await _signals[validator].WaitAsync(wait ?? Timeout.InfiniteTimeSpan, _stop.Token);
            }
        }
    }

    private async Task SendOneAsync(int validator, SignedBatch batch, bool ask)
    {
        if (!ask)
        {
            await _links[validator].TrySendAsync(FrameKind.Submit, batch.Bytes, _stop.Token);
            return;
        }

        ClientAnswer? answer = await _links[validator].AskAsync(
            id => new ClientQuery.Receipts(id, batch.Hash), _stop.Token);
        if (answer is ClientAnswer.Receipts { Receipt: { } receipt } && receipt.Batch == batch.Hash)
        {
            OnReceipt(validator, receipt);
            return;
        }

        lock (_gate)
        {
            _outboxes[validator].OnRefused(batch.Hash, Now());
        }
    }

    private void OnReceipt(int validator, ClientReceipt receipt)
    {
        lock (_gate)
        {
            if (!_inFlight.TryGetValue(receipt.Batch, out InFlight? entry) || entry.Votes.HasReported(validator))
            {
                return;
            }

            switch (receipt)
            {
                case ClientReceipt.Admitted:
                    _outboxes[validator].OnAdmitted(receipt.Batch, Now());
                    break;
                case ClientReceipt.Refused refused:
                    OnRefused(validator, entry, refused.Reason);
                    break;
                case ClientReceipt.Final { Status: BatchStatus.OutOfOrder }:
                    _outboxes[validator].OnRefused(receipt.Batch, Now());
                    break;
                case ClientReceipt.Final final:
                    OnFinal(validator, entry, final);
                    break;
            }
        }

        Signal(validator);
    }

    private void OnRefused(int validator, InFlight entry, AdmissionRefusal reason)
    {
        Hash32 hash = entry.Batch.Hash;
        if (reason == AdmissionRefusal.NonceUnusable)
        {
            _outboxes[validator].OnNonceUsed(hash, Now());
            return;
        }

        _outboxes[validator].OnRefused(hash, Now());
        bool mayPass = reason is AdmissionRefusal.QuotaExceeded or AdmissionRefusal.MempoolFull
            or AdmissionRefusal.NotReady;
        if (!mayPass && entry.Votes.Refuse(validator, reason))
        {
            End(entry, null, $"the validators refuse batch {entry.Batch.Nonce}: {reason}");
        }
    }

    private void OnFinal(int validator, InFlight entry, ClientReceipt.Final final)
    {
        _outboxes[validator].Remove(entry.Batch.Hash);
        if (entry.Votes.Report(validator, final) is { } agreed)
        {
            End(entry, agreed, entry.Votes.Problem(agreed, _options.Tolerates));
        }
        else if (entry.Votes.IsContradiction)
        {
            End(entry, null, $"the validators contradict each other about batch {entry.Batch.Nonce}");
        }
    }

    private void End(InFlight entry, ClientReceipt.Final? final, string? problem)
    {
        _lastProgress = Now();
        _inFlight.Remove(entry.Batch.Hash);
        foreach (Outbox outbox in _outboxes)
        {
            outbox.Remove(entry.Batch.Hash);
        }

        _window.Leave(entry.Batch.Bytes.Length);
        if (problem is not null)
        {
            entry.Done.TrySetException(new GatewayException(problem));
            return;
        }

        entry.Done.TrySetResult(new BatchFinality(
            entry.Batch, final!.Height, final.Receipts!.Receipts, _time.GetElapsedTime(entry.Begun)));
    }

    /// <summary>Gives up when nothing becomes final for too long.</summary>
    private async Task WatchAsync()
    {
        using PeriodicTimer timer = new(_options.StallTimeout / 8, _time);
        while (await timer.WaitForNextTickAsync(_stop.Token))
        {
            bool stalled;
            lock (_gate)
            {
                stalled = _inFlight.Count > 0 && Now() - _lastProgress >= _options.StallTimeout.Ticks;
            }

            if (stalled)
            {
                FailAll($"nothing became final for {_options.StallTimeout.TotalSeconds:0} s ({DescribeLinks()})");
            }
        }
    }

    private string DescribeLinks() => string.Join(
        "; ", Links.Select(link => $"{link.Validator}: {(link.Connected ? "connected" : link.Detail)}"));

    private void FailAll(string problem)
    {
        lock (_gate)
        {
            foreach (InFlight entry in _inFlight.Values.ToArray())
            {
                End(entry, null, problem);
            }
        }
    }

    private void SignalAll()
    {
        for (int i = 0; i < _signals.Length; i++)
        {
            Signal(i);
        }
    }

    private void Signal(int validator)
    {
        lock (_signals[validator])
        {
            if (_signals[validator].CurrentCount == 0)
            {
                _signals[validator].Release();
            }
        }
    }

    private long Now() => _time.GetUtcNow().UtcTicks;

    private sealed record InFlight(SignedBatch Batch, FinalVotes Votes, long Begun)
    {
        public TaskCompletionSource<BatchFinality> Done { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
