using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Actors.Ports;
using EnergyNode.Node.Network;

namespace EnergyNode.Node.Tests.Network;

/// <summary>The far end of a connection with a proper TLS session, on which a test writes whatever it likes.</summary>
internal sealed class RawPeer : IAsyncDisposable
{
    private readonly NodeCertificate _certificate;
    private readonly FrameReader _reader;

    private RawPeer(Socket socket, NodeCertificate certificate, TlsSession session)
    {
        Socket = socket;
        _certificate = certificate;
        Session = session;
        _reader = new FrameReader(session.Stream, TimeProvider.System);
    }

    public Socket Socket { get; }

    public TlsSession Session { get; }

    public static async Task<RawPeer> DialAsync(TestNode node)
    {
        Socket socket = await SocketToAsync(node.EndPoint);
        NodeCertificate certificate = NodeCertificate.Create();
        return new RawPeer(
            socket, certificate, await TlsSession.OpenAsync(socket, certificate, asClient: true, default));
    }

    public static async Task<Socket> SocketToAsync(IPEndPoint endPoint)
    {
        Socket socket = new(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(endPoint);
        return socket;
    }

    public Hello HelloOf(byte number, PeerRole role = PeerRole.Validator) =>
        new(TestNode.Chain, role, FakeSigner.KeyOf(number), Session.OwnCertificate, Session.PeerCertificate, "");

    public Task SendHelloAsync(Hello hello, byte signer) => SendAsync(0, hello.Sign(new FakeSigner(signer)));

    /// <summary>Does all that a well-behaved peer does until both sides have welcomed each other.</summary>
    public async Task JoinAsync(byte number, PeerRole role = PeerRole.Validator)
    {
        await SendHelloAsync(HelloOf(number, role), number);
        await ReadAsync();
        await SendAsync(0, [0]);
        if (await ReadVerdictAsync() is not 0)
        {
            throw new IOException("The node refused the test's peer.");
        }

        _reader.InHandshake = false;
        _reader.MaxFrameBytes = NetworkLimits.MaxFrameBytes;
    }

    public async Task SendAsync(byte kind, byte[] payload) =>
        await Session.Stream.WriteAsync(FrameFormat.Whole(kind, payload));

    public async Task<RawFrame> ReadAsync()
    {
        using CancellationTokenSource patience = new(Inbox.Patience);
        return await _reader.ReadAsync(patience.Token);
    }

    /// <summary>The verdict's code, after the node's hello has been read.</summary>
    public async Task<byte> ReadVerdictAsync() => (await ReadAsync()).Payload[0];

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        _certificate.Dispose();
    }
}
