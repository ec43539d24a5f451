namespace EnergyNode.Node.Neighbours;

/// <summary>
/// One quarter of an hour of one home, in Wh. What its meter reads follows from it: consumption is load, charge and
/// car,
/// generation is sun and discharge.
/// </summary>
internal readonly record struct HomeQuarter(long LoadWh, long SunWh, long ChargedWh, long DischargedWh, long CarWh)
{
    public long ConsumptionWh => LoadWh + ChargedWh + CarWh;

    public long GenerationWh => SunWh + DischargedWh;

    /// <summary>What it gives to the grid; below zero what it takes.</summary>
    public long SurplusWh => GenerationWh - ConsumptionWh;
}
