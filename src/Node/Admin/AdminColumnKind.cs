namespace EnergyNode.Node.Admin;

/// <summary>What a column holds, so that a client can format it; on the wire with a lower-case first letter.</summary>
public enum AdminColumnKind
{
    Text,
    Number,

    /// <summary>A count of bytes.</summary>
    Bytes,

    /// <summary>A duration in µs.</summary>
    DurationMicros,

    /// <summary>A point in time, µs since the Unix epoch.</summary>
    TimeMicros,

    /// <summary>True or false.</summary>
    Flag,
}
