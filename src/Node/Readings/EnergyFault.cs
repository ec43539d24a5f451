namespace EnergyNode.Node.Readings;

/// <summary>Why a number is no energy.</summary>
internal enum EnergyFault
{
    /// <summary>It is.</summary>
    None,

    /// <summary>It is no number.</summary>
    NotANumber,

    /// <summary>It has parts of a µWh.</summary>
    TooFine,

    /// <summary>It is greater than <see cref="ReadingsLimits.MaxRegisterMicroWattHours"/>.</summary>
    OutOfRange,
}
