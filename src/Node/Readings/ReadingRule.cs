namespace EnergyNode.Node.Readings;

/// <summary>The rules that readings can break; <c>docs/readings.md</c> lists them in kebab case.</summary>
internal enum ReadingRule
{
    /// <summary>No reading in a span in which the file promises some.</summary>
    Gap,

    /// <summary>The same interval, or the same signed record, twice.</summary>
    Duplicate,

    /// <summary>An interval begins before the one before it ends.</summary>
    Overlap,

    /// <summary>A reading comes after later ones.</summary>
    OutOfOrder,

    /// <summary>A reading lies outside the interval of its block.</summary>
    OutsideBlock,

    /// <summary>An interval of another length than stated, of none, or of more than a year.</summary>
    IntervalLength,

    /// <summary>A start or end that is no time from 1970 to 2999.</summary>
    InvalidTime,

    /// <summary>An interval off the grid of quarter-hours, or too far from the others.</summary>
    InvalidInterval,

    /// <summary>Energy below zero where it flows in one direction only.</summary>
    Negative,

    /// <summary>More energy than an order can carry, or than a register can hold.</summary>
    OutOfRange,

    /// <summary>Something stands where a number should.</summary>
    Number,

    /// <summary>A reading without a value.</summary>
    MissingValue,

    /// <summary>Finer than a µWh.</summary>
    Precision,

    /// <summary>A unit that is none of energy.</summary>
    Unit,

    /// <summary>A power of ten that the standard does not have.</summary>
    Multiplier,

    /// <summary>Values that are not the energy of their interval.</summary>
    Accumulation,

    /// <summary>A block whose kind of readings is not stated.</summary>
    ReadingType,

    /// <summary>A quality code that the standard does not have.</summary>
    Quality,

    /// <summary>A row that cannot be read.</summary>
    MalformedRow,

    /// <summary>A signed record that cannot be read.</summary>
    MalformedRecord,

    /// <summary>The meter is not known.</summary>
    UnknownMeter,

    /// <summary>More than the connection can carry.</summary>
    OverRating,

    /// <summary>No consumption for hours.</summary>
    ZeroRun,

    /// <summary>Load reads zero again and again while the plant produces.</summary>
    ClippedLoad,

    /// <summary>Import and export are not the parts of consumption minus generation.</summary>
    ImportExportMismatch,

    /// <summary>A transaction ends that did not begin.</summary>
    NoBegin,

    /// <summary>A transaction begins and does not end.</summary>
    NoEnd,

    /// <summary>A register counts backwards.</summary>
    RegisterDecreases,

    /// <summary>A transaction ends before it begins.</summary>
    TimeOrder,

    /// <summary>More than two hours of a transaction, in which energy was counted, have no reading between.</summary>
    LongSpan,

    /// <summary>The numbers of signed records do not rise with time.</summary>
    Pagination,

    /// <summary>No register of import, or more than one.</summary>
    Register,

    /// <summary>The charging point reports an error after which its values cannot be used.</summary>
    Exception,

    /// <summary>The clock was never set.</summary>
    Clock,

    /// <summary>The meter says that its value, or its clock, is not to be used.</summary>
    MeterState,

    /// <summary>The file holds no reading.</summary>
    Empty,

    /// <summary>The file holds more than is read.</summary>
    Limit,
}
