using System;
using System.ComponentModel;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Network;

/// <summary>A TLS 1.3 session with a certificate on each side. Any will do: the hello says whose it is.</summary>
internal sealed class TlsSession : IAsyncDisposable
{
    private const int IpProtocolTcp = 6;
    private const int LinuxTcpNotSentLowAt = 25;
    private const string ServerName = "energynode";

    private readonly Socket _socket;

    private TlsSession(Socket socket, SslStream stream, Hash32 ownCertificate, Hash32 peerCertificate)
    {
        _socket = socket;
        Stream = stream;
        OwnCertificate = ownCertificate;
        PeerCertificate = peerCertificate;
    }

    public SslStream Stream { get; }

    /// <summary>SHA-256 of the certificate that this side showed.</summary>
    public Hash32 OwnCertificate { get; }

    /// <summary>SHA-256 of the certificate that the other side showed, and whose key it holds.</summary>
    public Hash32 PeerCertificate { get; }

    /// <summary>Owns the socket from here on.</summary>
    /// <exception cref="ConnectionRefusedException">TlsFailed or ConnectionLost.</exception>
    public static async Task<TlsSession> OpenAsync(
        Socket socket, NodeCertificate certificate, bool asClient, CancellationToken cancellation)
    {
        SslStream stream = new(new NetworkStream(socket, ownsSocket: true));
        try
        {
            Configure(socket);
            await (asClient
                ? stream.AuthenticateAsClientAsync(ClientOptions(certificate), cancellation)
                : stream.AuthenticateAsServerAsync(ServerOptions(certificate), cancellation));
            X509Certificate remote = stream.RemoteCertificate
                ?? throw new AuthenticationException("The other side showed no certificate.");
            Hash32 peer = Hash32.Of(remote.GetRawCertData());
            return new TlsSession(socket, stream, certificate.Hash, peer);
        }
        catch (Exception e)
        {
            await stream.DisposeAsync();
            throw e switch
            {
                AuthenticationException or Win32Exception and not SocketException =>
                    new ConnectionRefusedException(RefusalReason.TlsFailed, TlsText(e), inner: e),
                IOException or SocketException or ObjectDisposedException => new ConnectionRefusedException(
                    RefusalReason.ConnectionLost, "the connection broke during TLS: " + e.Message, inner: e),
                _ => e,
            };
        }
    }

    /// <summary>Says that nothing more comes, so that the last bytes are not lost in a reset.</summary>
    public void EndSending()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The connection is gone already, which is all that was wanted.
        }
    }

    /// <summary>Ends all pending reads and writes; safe from any thread.</summary>
    public void Abort() => _socket.Close();

    public ValueTask DisposeAsync() => Stream.DisposeAsync();

    private static void Configure(Socket socket)
    {
        socket.NoDelay = true;
        if (OperatingSystem.IsLinux())
        {
            Span<byte> value = stackalloc byte[sizeof(int)];
            BitConverter.TryWriteBytes(value, NetworkLimits.UnsentBytesInKernel);
            socket.SetRawSocketOption(IpProtocolTcp, LinuxTcpNotSentLowAt, value);
        }
        else
        {
            socket.SendBufferSize = NetworkLimits.UnsentBytesInKernel;
        }
    }

    // Without resumption each session shows its certificates; without downloads a stranger's certificate cannot
    // make this node fetch a URL that it names.
    private static SslClientAuthenticationOptions ClientOptions(NodeCertificate certificate) => new()
    {
        TargetHost = ServerName,
        EnabledSslProtocols = SslProtocols.Tls13,
        ClientCertificateContext = certificate.Context,
        RemoteCertificateValidationCallback = AcceptAnyCertificate,
        CertificateChainPolicy = NoChain(),
        AllowRenegotiation = false,
        AllowTlsResume = false,
    };

    private static SslServerAuthenticationOptions ServerOptions(NodeCertificate certificate) => new()
    {
        EnabledSslProtocols = SslProtocols.Tls13,
        ServerCertificateContext = certificate.Context,
        ClientCertificateRequired = true,
        RemoteCertificateValidationCallback = AcceptAnyCertificate,
        CertificateChainPolicy = NoChain(),
        AllowRenegotiation = false,
        AllowTlsResume = false,
    };

    private static X509ChainPolicy NoChain() => new()
    {
        DisableCertificateDownloads = true,
        RevocationMode = X509RevocationMode.NoCheck,
        TrustMode = X509ChainTrustMode.CustomRootTrust,
    };

    private static bool AcceptAnyCertificate(
        object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        certificate is not null;

    private static string TlsText(Exception e) => "TLS failed: " + (e.InnerException ?? e).Message;
}
