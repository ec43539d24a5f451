namespace EnergyNode.Market.Metering;

/// <summary>Why a schedule has no price for an instant.</summary>
public enum TariffRefusal : byte
{
    /// <summary>Not refused.</summary>
    None = 0,

    /// <summary>The instant lies before the first hour.</summary>
    BeforeSchedule = 1,

    /// <summary>The instant lies at or after the end of the last hour.</summary>
    AfterSchedule = 2,

    /// <summary>The schedule leaves out the hour of the instant.</summary>
    HourMissing = 3,
}
