namespace EnergyNode.Market.Metering;

/// <summary>VEE-17: days that are alike.</summary>
public enum DayType : byte
{
    /// <summary>Monday to Friday.</summary>
    Weekday = 0,

    /// <summary>Saturday and Sunday.</summary>
    Weekend = 1,

    /// <summary>A day that the calendar names, whatever its weekday.</summary>
    Holiday = 2,
}
