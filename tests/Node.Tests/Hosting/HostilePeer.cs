using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;
using EnergyNode.Node.Network;
using EnergyNode.Node.Setup;

namespace EnergyNode.Node.Tests.Hosting;

/// <summary>An authenticated peer of a real node, over real TLS, that then writes whatever a test gives it.</summary>
internal sealed class HostilePeer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly NodeCertificate _certificate;
    private readonly TlsSession _session;
    private readonly FrameReader _reader;

    private HostilePeer(NodeCertificate certificate, TlsSession session)
    {
        _certificate = certificate;
        _session = session;
        _reader = new FrameReader(session.Stream, TimeProvider.System);
    }

    /// <summary>The node's last word about this connection: 0 for welcome, or the code of a refusal.</summary>
    public byte Verdict { get; private set; }

    public static async Task<HostilePeer> JoinAsync(
        CreatedNetwork network, int validator, ISigner signer, PeerRole role)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, network.Validators[validator].PeerPort));
        NodeCertificate certificate = NodeCertificate.Create();
        TlsSession session = await TlsSession.OpenAsync(socket, certificate, asClient: true, default);
        HostilePeer peer = new(certificate, session);
        Hello hello = new(
            network.Genesis.Chain.ToString(),
            role,
            signer.PublicKey,
            session.OwnCertificate,
            session.PeerCertificate,
            "");
        await peer.WriteAsync(FrameFormat.Whole(FrameFormat.HandshakeKind, hello.Sign(signer)));
        await peer.ReadAsync();
        await peer.WriteAsync(FrameFormat.Whole(FrameFormat.HandshakeKind, [0]));
        peer.Verdict = (await peer.ReadAsync()).Payload[0];
        return peer;
    }

    /// <returns>False when the node has closed the connection.</returns>
    public async Task<bool> WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using CancellationTokenSource patience = new(Patience);
            await _session.Stream.WriteAsync(bytes, patience.Token);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Reads until the node closes the connection.</summary>
    /// <exception cref="OperationCanceledException">It does not.</exception>
    public async Task AwaitCutAsync()
    {
        byte[] buffer = new byte[16 * 1024];
        using CancellationTokenSource patience = new(Patience);
        try
        {
            while (await _session.Stream.ReadAsync(buffer, patience.Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Cut without a farewell, which is what a peer that misbehaves gets.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        _certificate.Dispose();
    }

    private async Task<RawFrame> ReadAsync()
    {
        using CancellationTokenSource patience = new(Patience);
        return await _reader.ReadAsync(patience.Token);
    }
}
