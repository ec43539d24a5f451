namespace EnergyNode.Actors.Ports;

/// <summary>
/// What a link can be blamed for. Each says something about the peer that brought the bytes, and nothing about whoever
/// is named in them (docs/sentinel.md).
/// </summary>
public enum LinkOffence : byte
{
    /// <summary>A payload that is not the encoding of its kind.</summary>
    Malformed = 0,

    /// <summary>A signature that does not fit: an honest peer checks before it passes anything on.</summary>
    BadSignature = 1,

    /// <summary>
    /// A message that does not fit this node's validator set or protocol, at a height at which the peer's may differ.
    /// </summary>
    Unverifiable = 2,

    /// <summary>The same bytes again.</summary>
    Replay = 3,

    /// <summary>More frames than the kind's allowance.</summary>
    Flood = 4,

    /// <summary>A length above the limit of its sender.</summary>
    Oversized = 5,

    /// <summary>A kind that is in no table, or that a peer of this role does not send.</summary>
    UnknownKind = 6,

    /// <summary>Blocks that were not asked for, or asked of somebody else.</summary>
    Unsolicited = 7,

    /// <summary>A decided block that its certificate does not prove.</summary>
    BadBlock = 8,

    /// <summary>A frame that was begun and not finished in time.</summary>
    Slow = 9,

    /// <summary>A client's well-signed batch with content that nobody signed.</summary>
    BadContent = 10,
}
