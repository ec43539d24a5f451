namespace EnergyNode.Node.Network;

internal static class RefusalText
{
    /// <summary>One line for people, from the view of the side that refuses.</summary>
    public static string Of(RefusalReason reason) => reason switch
    {
        RefusalReason.MalformedHello => "the hello cannot be read",
        RefusalReason.WrongVersion => "another version of the network protocol",
        RefusalReason.WrongChain => "another chain id",
        RefusalReason.CertificateMismatch => "the hello was made for another TLS session",
        RefusalReason.BadSignature => "the hello's signature is wrong",
        RefusalReason.OwnKey => "the same key as this node's own",
        RefusalReason.UnexpectedKey => "another node than expected answers at this address",
        RefusalReason.RoleNotAllowed => "the role in the hello is not allowed here",
        RefusalReason.UnknownNode => "the key is neither a validator's nor an admitted observer's",
        RefusalReason.Duplicate => "there is a link already",
        RefusalReason.TooManyClients => "too many clients are connected",
        RefusalReason.Stopping => "the node is stopping",
        RefusalReason.Misbehaved => "the key misbehaved and is refused for a while",
        RefusalReason.TlsFailed => "no TLS 1.3 session with certificates on both sides",
        RefusalReason.HelloTimedOut => "TLS and hello took too long",
        RefusalReason.TooManyHandshakes => "too many connections are in their handshake",
        RefusalReason.ConnectionLost => "the connection broke during the hello",
        RefusalReason.Unreachable => "nothing answers at this address",
        RefusalReason.RefusedByPeer => "refused by the other side",
        _ => "reason " + ((byte)reason).ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
