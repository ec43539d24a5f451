using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using EnergyNode.Actors;
using EnergyNode.Actors.Clients;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;
using EnergyNode.Market.Execution;
using EnergyNode.Node.Gateway;
using EnergyNode.Node.Network;
using EnergyNode.Node.Tests.Network;

namespace EnergyNode.Node.Tests.Gateway;

/// <summary>
/// Speaks the client protocol over a real connection. It answers as its delegates say; by default each batch is
/// admitted and final at the height of its nonce.
/// </summary>
internal sealed class FakeValidator : IActorRef, IAsyncDisposable
{
    public static readonly ChainId Chain = ChainId.Parse("test-chain");

    private readonly NodeCertificate _certificate = NodeCertificate.Create();
    private readonly BatchVerifier _batches = new(Chain, new FakeVerifier());
    private readonly byte _number;
    private TlsTransport? _transport;
    private int _port;

    public FakeValidator(byte number)
    {
        _number = number;
        OnSubmit = (batch, _) => [Executed(batch)];
        OnQuery = query => new ClientAnswer.Head(query.Id, new Height(1), Hash32.Zero);
    }

    public ActorPath Path => new("/user/fake");

    /// <summary>The answers to a submission: the batch, and how often it has come before.</summary>
    public Func<SignedBatch, int, IEnumerable<ClientReceipt>> OnSubmit { get; set; }

    public Func<ClientQuery, ClientAnswer?> OnQuery { get; set; }

    public ConcurrentQueue<SignedBatch> Submitted { get; } = new();

    public ValidatorEndpoint Endpoint => new(
        $"validator-{_number}", FakeSigner.KeyOf(_number), new PeerAddress("127.0.0.1", _port));

    public static ClientReceipt.Final Executed(SignedBatch batch, LedgerError error = LedgerError.None) =>
        new(
            batch.Hash,
            new Height(batch.Nonce),
            BatchStatus.Executed,
            new BatchReceipts(batch.Hash, [.. batch.Commands.Select(_ => new Receipt(error, 0))]));

    public void Start()
    {
        _transport = new TlsTransport(
            TestNode.Options() with { Listen = new IPEndPoint(IPAddress.Loopback, _port) },
            new FakeSigner(_number),
            new FakeVerifier(),
            key => key.CompareTo(FakeSigner.KeyOf(100)) < 0,
            _certificate,
            _ => { },
            TimeProvider.System);
        _transport.Start(this);
        _port = _transport.ListenEndPoint!.Port;
    }

    public async Task StopAsync()
    {
        if (_transport is { } transport)
        {
            _transport = null;
            await transport.DisposeAsync();
        }
    }

    public void Tell(object message, IActorRef? sender = null)
    {
        if (message is not FrameReceived frame)
        {
            return;
        }

        if (frame.Kind == FrameKind.Submit
            && _batches.Verify(frame.Payload, out Verified<SignedBatch> verified) == BatchRefusal.None)
        {
            SignedBatch batch = verified.Value;
            int before = Submitted.Count(other => other.Hash == batch.Hash);
            Submitted.Enqueue(batch);
            foreach (ClientReceipt receipt in OnSubmit(batch, before))
            {
                _transport?.Send(frame.Peer, FrameKind.Receipts, receipt.ToArray());
            }
        }
        else if (frame.Kind == FrameKind.Query && ClientQuery.Decode(frame.Payload.Span) is { } query
            && OnQuery(query) is { } answer)
        {
            _transport?.Send(frame.Peer, FrameKind.Answer, answer.ToArray());
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _certificate.Dispose();
    }
}
