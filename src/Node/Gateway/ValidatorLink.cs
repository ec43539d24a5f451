using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Actors.Clients;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;
using EnergyNode.Node.Network;

namespace EnergyNode.Node.Gateway;

/// <summary>
/// The connection to one validator; made again after a loss, with a back-off. Receipts go to the owner, answers to
/// whoever asked.
/// </summary>
internal sealed class ValidatorLink(
    ValidatorEndpoint endpoint,
    TransportOptions options,
    ISigner signer,
    ISignatureVerifier verifier,
    NodeCertificate certificate,
    TimeProvider time)
{
    private readonly ConcurrentDictionary<long, TaskCompletionSource<ClientAnswer>> _questions = new();
    private readonly Backoff _backoff = new(GatewayLimits.ReconnectMin, GatewayLimits.ReconnectMax);
    private long _lastQuestion;
    private volatile TlsClient? _client;
    private volatile string _detail = "not connected yet";

    public ValidatorEndpoint Endpoint => endpoint;

    public bool IsConnected => _client is not null;

    public LinkState State => _client is null
        ? new LinkState(endpoint.Name, Connected: false, _detail)
        : new LinkState(endpoint.Name, Connected: true, "");

    /// <summary>Keeps the connection up until it is cancelled.</summary>
    /// <param name="onConnected">Called on each new connection, before its first receipt.</param>
    /// <param name="onReceipt">Called in the order of arrival.</param>
    /// <param name="stop">Ends it.</param>
    public async Task RunAsync(Action onConnected, Action<ClientReceipt> onReceipt, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ServeAsync(onConnected, onReceipt, stop);
            }
            catch (ConnectionRefusedException refusal)
            {
                _detail = refusal.Message;
            }

            await Task.Delay(_backoff.Next(Random.Shared.NextDouble()), time, stop)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>False when there is no connection, or it broke.</returns>
    public async ValueTask<bool> TrySendAsync(FrameKind kind, ReadOnlyMemory<byte> payload, CancellationToken stop)
    {
        if (_client is not { } client)
        {
            return false;
        }

        try
        {
            await client.SendAsync(kind, payload, stop);
            return true;
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <param name="make">Makes the question for an id.</param>
    /// <param name="stop">Gives up waiting.</param>
    /// <returns>Null when the validator is not connected, or gives no answer in time.</returns>
    public async Task<ClientAnswer?> AskAsync(Func<long, ClientQuery> make, CancellationToken stop)
    {
        if (_questions.Count >= GatewayLimits.MaxQuestions)
        {
            return null;
        }

        long id = Interlocked.Increment(ref _lastQuestion);
        TaskCompletionSource<ClientAnswer> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _questions[id] = answer;
        try
        {
            return await TrySendAsync(FrameKind.Query, make(id).ToArray(), stop)
                ? await answer.Task.WaitAsync(GatewayLimits.AnswerTimeout, time, stop)
                : null;
        }
        catch (Exception error) when (error is TimeoutException or IOException)
        {
            return null;
        }
        finally
        {
            _questions.TryRemove(id, out _);
        }
    }

    private async Task ServeAsync(Action onConnected, Action<ClientReceipt> onReceipt, CancellationToken stop)
    {
        try
        {
            await using TlsClient client = await TlsClient.ConnectAsync(
                options, endpoint.Address, endpoint.Key, signer, verifier, certificate, time, stop);
            _client = client;
            _backoff.Reset();
            onConnected();
            await foreach (ReceivedFrame frame in client.Frames.ReadAllAsync(stop))
            {
                Dispatch(frame, onReceipt);
            }

            _detail = await client.Closed;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            _detail = "closed";
        }
        finally
        {
            _client = null;
            FailQuestions();
        }
    }

    private void Dispatch(in ReceivedFrame frame, Action<ClientReceipt> onReceipt)
    {
        switch (frame.Kind)
        {
            case FrameKind.Receipts when ClientReceipt.Decode(frame.Payload.Span) is { } receipt:
                onReceipt(receipt);
                break;
            case FrameKind.Answer when ClientAnswer.Decode(frame.Payload.Span) is { } answer:
                if (_questions.TryGetValue(answer.Id, out TaskCompletionSource<ClientAnswer>? question))
                {
                    question.TrySetResult(answer);
                }

                break;
            default:
                break;
        }
    }

    private void FailQuestions()
    {
        foreach (KeyValuePair<long, TaskCompletionSource<ClientAnswer>> question in _questions)
        {
            question.Value.TrySetException(new IOException("The connection to the validator is closed."));
        }
    }
}
