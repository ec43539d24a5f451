namespace EnergyNode.Node.Neighbours;

/// <summary>What the meters of one zone read in one epoch, and the devices behind them, in Wh.</summary>
internal readonly record struct ZoneQuarter(
    long ConsumptionWh, long GenerationWh, long ChargedWh, long DischargedWh, long StoredWh, long CarWh)
{
    public static ZoneQuarter operator +(ZoneQuarter left, ZoneQuarter right) => new(
        left.ConsumptionWh + right.ConsumptionWh,
        left.GenerationWh + right.GenerationWh,
        left.ChargedWh + right.ChargedWh,
        left.DischargedWh + right.DischargedWh,
        left.StoredWh + right.StoredWh,
        left.CarWh + right.CarWh);
}
