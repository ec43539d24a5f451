namespace EnergyNode.Ledger;

/// <summary>Why bytes were refused. A reader keeps the first one it meets.</summary>
public enum CodecError
{
    None = 0,

    /// <summary>The bytes end before the value does.</summary>
    Truncated,

    /// <summary>Bytes are left after the last field.</summary>
    TrailingBytes,

    /// <summary>A boolean is neither 0 nor 1.</summary>
    InvalidBoolean,

    /// <summary>An option flag is neither 0 nor 1, or an enum tag names no variant.</summary>
    InvalidTag,

    /// <summary>A length or a count is above its limit.</summary>
    TooLong,

    /// <summary>Text has a character outside its alphabet, or a label is empty.</summary>
    InvalidText,

    /// <summary>A message version that this node cannot read.</summary>
    UnknownVersion,

    /// <summary>A number outside the bounds of its field.</summary>
    OutOfRange,

    /// <summary>Entries that have to be strictly increasing are not.</summary>
    NotSorted,

    /// <summary>Each field is readable, but together they are not the canonical form of any value.</summary>
    NotCanonical,
}
