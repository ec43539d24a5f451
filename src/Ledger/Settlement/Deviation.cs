using System;
using System.Globalization;

namespace EnergyNode.Ledger;

/// <summary>
/// What an account has left over of an epoch, or below zero what it lacks, in base units of tokens (DEV-1). In 128
/// bits, since more can be sold ahead than tokens could ever count: 2²⁰ positions of 10⁹ Wh are 10²¹ units.
/// </summary>
public readonly record struct Deviation(Int128 Units)
{
    /// <summary>For records; zero where energy is lacking.</summary>
    public Grid LeftOver => Bounded(Units);

    /// <summary>For records; zero where energy is left over.</summary>
    public Grid Lacked => Bounded(-Units);

    public override string ToString() => Units.ToString(CultureInfo.InvariantCulture) + "µWh";

    private static Grid Bounded(Int128 units) => new((long)Int128.Clamp(units, 0, Limits.MaxTotal));
}
