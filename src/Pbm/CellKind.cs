namespace EnergyNode.Pbm;

/// <summary>How a column's values are meant; a kind this client does not know is text.</summary>
internal enum CellKind
{
    Text,
    Number,
    Bytes,
    DurationMicros,
    TimeMicros,
    Flag,
}
