namespace EnergyNode.Node.Network;

/// <summary>
/// Why a connection did not become a link. Numbers below 64 travel in a verdict frame and are never reused;
/// of several reasons the lowest is given.
/// </summary>
public enum RefusalReason : byte
{
    /// <summary>The hello cannot be read.</summary>
    MalformedHello = 1,

    /// <summary>The other side speaks another version of this protocol.</summary>
    WrongVersion = 2,

    WrongChain = 3,

    /// <summary>The hello names other certificates than this TLS session's: it was made for another one.</summary>
    CertificateMismatch = 4,

    BadSignature = 5,

    /// <summary>The other side uses this node's own key: a node that reached itself, or a copied key.</summary>
    OwnKey = 6,

    /// <summary>Another node answered at the dialled address.</summary>
    UnexpectedKey = 7,

    /// <summary>A client where a node was expected, or a client with a node's key.</summary>
    RoleNotAllowed = 8,

    /// <summary>The key is neither a validator's nor an admitted observer's.</summary>
    UnknownNode = 9,

    /// <summary>There is a link between the two already.</summary>
    Duplicate = 10,

    TooManyClients = 11,

    /// <summary>The node is stopping.</summary>
    Stopping = 12,

    /// <summary>The key misbehaved on an earlier link and is refused for a while.</summary>
    Misbehaved = 13,

    /// <summary>No TLS 1.3 session with certificates on both sides came about.</summary>
    TlsFailed = 64,

    /// <summary>TLS and hello took longer than the hello time-out.</summary>
    HelloTimedOut = 65,

    /// <summary>Too many connections are between accept and welcome.</summary>
    TooManyHandshakes = 66,

    /// <summary>The connection broke during the hello.</summary>
    ConnectionLost = 67,

    /// <summary>Nothing answered at the dialled address.</summary>
    Unreachable = 68,

    /// <summary>The other side refused; the detail has its reason.</summary>
    RefusedByPeer = 69,
}
