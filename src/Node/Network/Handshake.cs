using System;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Network;

/// <summary>Makes a link of a connected socket: TLS, hellos, verdicts, all within the hello time-out.</summary>
/// <param name="options">Bounds and time-outs.</param>
/// <param name="terms">Who this side is and whom it accepts.</param>
/// <param name="admit">
/// Takes the link in or says why not; its flag says whether an older link of the same key gives way.
/// </param>
/// <param name="time">For the time-out.</param>
internal sealed class Handshake(
    TransportOptions options,
    HelloTerms terms,
    Func<Link, bool, CancellationToken, ValueTask<RefusalReason?>> admit,
    TimeProvider time)
{
    /// <summary>An admitted link, and what it has to send first.</summary>
    public readonly record struct Outcome(Link Link, byte[] FirstBytes);

    /// <param name="socket">Closed if there is no link.</param>
    /// <param name="certificate">To show.</param>
    /// <param name="dialledKey">Expected behind a dialled address; null for any, and for an inbound socket.</param>
    /// <param name="dialledAddress">Null for an inbound socket.</param>
    /// <param name="stop">Cancels the handshake; nothing is reported then.</param>
    /// <exception cref="ConnectionRefusedException">There is no link.</exception>
    public async Task<Outcome> RunAsync(
        Socket socket,
        NodeCertificate certificate,
        PublicKey? dialledKey,
        string? dialledAddress,
        CancellationToken stop)
    {
        using CancellationTokenSource patience = new(options.HelloTimeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        try
        {
            string remote = TcpAddress.Remote(socket);
            TlsSession session =
                await TlsSession.OpenAsync(socket, certificate, asClient: dialledAddress is not null, either.Token);
            try
            {
                return await GreetAsync(session, dialledKey, dialledAddress, remote, either.Token);
            }
            catch
            {
                await session.DisposeAsync();
                throw;
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            string text = $"no hello within {(long)options.HelloTimeout.TotalMilliseconds} ms";
            throw new ConnectionRefusedException(RefusalReason.HelloTimedOut, text);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            throw new ConnectionRefusedException(
                RefusalReason.ConnectionLost, "the connection broke during the hello: " + e.Message, inner: e);
        }
    }

    private async Task<Outcome> GreetAsync(
        TlsSession session,
        PublicKey? dialledKey,
        string? dialledAddress,
        string remoteAddress,
        CancellationToken cancellation)
    {
        bool dialled = dialledAddress is not null;
        FrameReader reader = new(session.Stream, time);
        HelloExchange exchange = new(session, reader, terms, dialled, dialledKey);
        Hello hello = await exchange.GreetAsync(cancellation);
        string address = dialledAddress ?? (hello.ListenAddress.Length > 0 ? hello.ListenAddress : remoteAddress);
        bool decides = terms.DecidesAbout(hello);
        if (!decides)
        {
            await exchange.SendWelcomeAsync(cancellation);
        }

        await exchange.ReadVerdictAsync(hello.Key, cancellation);
        Link link = new(new LinkIdentity(hello.Key, hello.Role, address, dialled), session, reader, options, time);

        // The side that does not decide obeys: an older link of its own is one that the other side has given up.
        bool replace = !decides || hello.Role == PeerRole.Client;
        if (await admit(link, replace, cancellation) is { } refusal)
        {
            throw decides
                ? await exchange.RefuseAsync(refusal, hello.Key, cancellation)
                : new ConnectionRefusedException(refusal, RefusalText.Of(refusal), hello.Key);
        }

        return new Outcome(link, decides ? HelloExchange.WelcomeFrame() : []);
    }
}
