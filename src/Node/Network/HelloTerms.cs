using System;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Network;

/// <summary>Who this side is and whom it accepts.</summary>
/// <param name="ChainId">Both sides must name the same.</param>
/// <param name="Role">This side's.</param>
/// <param name="ListenAddress">Where this side can be dialled, or empty.</param>
/// <param name="Signer">This side's Ed25519 key.</param>
/// <param name="Verifier">Checks the other side's signature.</param>
/// <param name="IsAllowed">Whether a key may be a node (validator or observer).</param>
internal sealed record HelloTerms(
    string ChainId,
    PeerRole Role,
    string ListenAddress,
    ISigner Signer,
    ISignatureVerifier Verifier,
    Func<PublicKey, bool> IsAllowed)
{
    /// <summary>Whether a key is refused for what it did before.</summary>
    public Func<PublicKey, bool> IsRefused { get; init; } = _ => false;

    /// <summary>
    /// Which side says last whether there is a link, so that both sides always agree: the node towards a client,
    /// the smaller key between nodes.
    /// </summary>
    public bool DecidesAbout(Hello peer) =>
        Role != PeerRole.Client && (peer.Role == PeerRole.Client || Signer.PublicKey.CompareTo(peer.Key) < 0);

    /// <summary>Judges all but form, version and signature, in the order of <see cref="RefusalReason"/>.</summary>
    public RefusalReason? JudgeSession(Hello peer, TlsSession session)
    {
        if (peer.ChainId != ChainId)
        {
            return RefusalReason.WrongChain;
        }

        bool sameSession = peer.OwnCertificate == session.PeerCertificate
            && peer.PeerCertificate == session.OwnCertificate;
        return sameSession ? null : RefusalReason.CertificateMismatch;
    }

    /// <summary>Judges a key that has proved to be the peer's.</summary>
    public RefusalReason? JudgeIdentity(Hello peer, bool dialled, PublicKey? expected)
    {
        if (peer.Key == Signer.PublicKey)
        {
            return RefusalReason.OwnKey;
        }

        if (expected is { } key && key != peer.Key)
        {
            return RefusalReason.UnexpectedKey;
        }

        bool isClient = peer.Role == PeerRole.Client;
        if (!isClient && !IsAllowed(peer.Key))
        {
            return RefusalReason.UnknownNode;
        }

        // Frames are addressed by key alone, so a node's key must not also stand for a client.
        if (isClient && (dialled || IsAllowed(peer.Key)))
        {
            return RefusalReason.RoleNotAllowed;
        }

        return IsRefused(peer.Key) ? RefusalReason.Misbehaved : null;
    }
}
