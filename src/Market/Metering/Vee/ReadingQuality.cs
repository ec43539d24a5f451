namespace EnergyNode.Market.Metering;

/// <summary>VEE-15: what an energy is worth, in the codes of ESPI (NAESB REQ.21, QualityOfReading).</summary>
public enum ReadingQuality : byte
{
    /// <summary>Measured, and no rule objects.</summary>
    Valid = 0,

    /// <summary>Set by a person.</summary>
    Manual = 7,

    /// <summary>Estimated from reference days (VEE-17).</summary>
    ReferenceDay = 8,

    /// <summary>Interpolated between its neighbours (VEE-16).</summary>
    Interpolated = 9,

    /// <summary>Measured, but a rule doubts it.</summary>
    Questionable = 10,

    /// <summary>Estimated so that the sum is what the register counted (VEE-18).</summary>
    Derived = 11,

    /// <summary>As the meter delivered it, before any rule.</summary>
    Raw = 14,
}
