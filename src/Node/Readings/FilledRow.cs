using EnergyNode.Ledger;
using EnergyNode.Market.Metering;

namespace EnergyNode.Node.Readings;

/// <summary>One interval of a filled series, for output: null where there is no value.</summary>
internal readonly record struct FilledRow(
    string StartUtc,
    MeterId Meter,
    long? ConsumptionWh,
    long? GenerationWh,
    int? Quality,
    long? RawConsumptionWh,
    long? RawGenerationWh)
{
    public const string Header =
        "start_utc,meter_id,consumption_wh,generation_wh,quality,raw_consumption_wh,raw_generation_wh";

    public static FilledRow Of(MeterId meter, VeeInterval interval)
    {
        FilledRow row = new(
            UtcTimestamp.Format(interval.Start.Seconds * 1_000), meter, null, null, null,
            interval.Raw?.Consumption.Wh, interval.Raw?.Generation.Wh);
        return interval switch
        {
            VeeInterval.Measured { Reading: var reading } => row with
            {
                ConsumptionWh = reading.Consumption.Wh,
                GenerationWh = reading.Generation.Wh,
                Quality = (int)reading.Quality,
            },
            VeeInterval.Estimated { Reading: var reading } => row with
            {
                ConsumptionWh = reading.Consumption.ForDisplayWh,
                GenerationWh = reading.Generation.ForDisplayWh,
                Quality = (int)reading.Quality,
            },
            _ => row,
        };
    }

    public override string ToString() => System.FormattableString.Invariant(
        $"{StartUtc},{Meter},{ConsumptionWh},{GenerationWh},{Quality},{RawConsumptionWh},{RawGenerationWh}");
}
