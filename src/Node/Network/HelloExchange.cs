using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Network;

/// <summary>
/// What follows the TLS handshake: both sides send a hello, judge the other's, and send a verdict. The deciding side
/// waits for the other's verdict before it gives its own, which makes or refuses the link on both sides.
/// </summary>
internal sealed class HelloExchange(
    TlsSession session, FrameReader reader, HelloTerms terms, bool dialled, PublicKey? expected)
{
    private const byte Welcome = 0;
    private const byte LastVerdictOnWire = 63;

    public static byte[] WelcomeFrame() => FrameFormat.Whole(FrameFormat.HandshakeKind, [Welcome]);

    /// <returns>The other side's hello; its key is proved and allowed.</returns>
    /// <exception cref="ConnectionRefusedException">It is refused here; the other side has been told why.</exception>
    public async Task<Hello> GreetAsync(CancellationToken cancellation)
    {
        Hello own = new(
            terms.ChainId,
            terms.Role,
            terms.Signer.PublicKey,
            session.OwnCertificate,
            session.PeerCertificate,
            terms.ListenAddress);
        await SendAsync(own.Sign(terms.Signer), cancellation);
        RawFrame frame = await ReadFrameAsync(cancellation);
        RefusalReason? refusal = Judge(frame.Payload, out Hello? hello, out bool proved);
        if (refusal is { } reason)
        {
            throw await RefuseAsync(reason, proved ? hello!.Key : null, cancellation);
        }

        return hello!;
    }

    /// <summary>Tells the other side why there is no link.</summary>
    /// <returns>The exception to throw.</returns>
    public async Task<ConnectionRefusedException> RefuseAsync(
        RefusalReason reason, PublicKey? key, CancellationToken cancellation)
    {
        try
        {
            await SendAsync([(byte)reason], cancellation);
            session.EndSending();
        }
        catch (IOException)
        {
            // The other side has gone; it does not care for the reason any more.
        }

        return new ConnectionRefusedException(reason, RefusalText.Of(reason), key);
    }

    public Task SendWelcomeAsync(CancellationToken cancellation) => SendAsync([Welcome], cancellation);

    /// <exception cref="ConnectionRefusedException">The other side refuses.</exception>
    public async Task ReadVerdictAsync(PublicKey key, CancellationToken cancellation)
    {
        RawFrame frame = await ReadFrameAsync(cancellation);
        if (frame.Payload is not [var verdict and <= LastVerdictOnWire])
        {
            throw new ConnectionRefusedException(
                RefusalReason.MalformedHello, "sent a verdict that cannot be read", key);
        }

        if (verdict == Welcome)
        {
            return;
        }

        RefusalReason reason = (RefusalReason)verdict;
        throw reason is RefusalReason.Duplicate or RefusalReason.Stopping
            ? new ConnectionRefusedException(reason, RefusalText.Of(reason), key)
            : new ConnectionRefusedException(
                RefusalReason.RefusedByPeer, "refused by the other side: " + RefusalText.Of(reason), key);
    }

    private RefusalReason? Judge(ReadOnlySpan<byte> payload, out Hello? hello, out bool proved)
    {
        proved = false;
        RefusalReason? reason = Hello.Decode(payload, out hello);
        if (reason is not null || hello is null)
        {
            return reason;
        }

        reason = terms.JudgeSession(hello, session);
        if (reason is not null)
        {
            return reason;
        }

        proved = Hello.IsSigned(payload, hello.Key, terms.Verifier);
        return proved ? terms.JudgeIdentity(hello, dialled, expected) : RefusalReason.BadSignature;
    }

    private async Task SendAsync(byte[] payload, CancellationToken cancellation)
    {
        await session.Stream.WriteAsync(FrameFormat.Whole(FrameFormat.HandshakeKind, payload), cancellation);
    }

    private async Task<RawFrame> ReadFrameAsync(CancellationToken cancellation)
    {
        try
        {
            return await reader.ReadAsync(cancellation);
        }
        catch (LinkViolationException violation)
        {
            await RefuseAsync(RefusalReason.MalformedHello, key: null, cancellation);
            throw new ConnectionRefusedException(
                RefusalReason.MalformedHello, violation.Message + " instead of a hello", inner: violation);
        }
    }
}
