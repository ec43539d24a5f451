using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;

namespace EnergyNode.Market.Tests.Metering.Vee;

/// <summary>Series of samples for the tests of validation.</summary>
internal static class VeeSeries
{
    public const long StepMicros = 900 * Instant.MicrosPerSecond;

    /// <summary>Where the homes of <c>data/</c> stand: Fontana, California.</summary>
    public static readonly Site Fontana = new(34_092_000, -117_435_000);

    /// <summary>Pacific daylight time, which the whole of the recording lies in.</summary>
    public static readonly DayCalendar Pacific = new(-7 * 60, []);

    public static readonly string[] CleanHomes = ["B01", "B09", "B11", "B13", "B16", "B17"];

    public static MeterConnection Connection(string meter = "m") =>
        new(MeterId.Parse(meter), "home", new Watts(24_000), new Watts(7_600));

    public static List<MeterSample> Of(ReadingFile file, string meter) =>
    [
        .. file.Readings.Where(reading => reading.Meter == MeterId.Parse(meter)).Select(reading => new MeterSample(
            reading.Line, reading.Start, reading.Meter, reading.Consumption, reading.Generation, reading.Import,
            reading.Export)),
    ];

    /// <summary>One sample for each pair of consumption and generation, from noon on.</summary>
    public static List<MeterSample> Of(IEnumerable<(long Used, long Made)> values) =>
        [.. values.Select((value, at) => Sample(at, value.Used, value.Made))];

    public static MeterSample Sample(int interval, long used, long made) => Set(
        new MeterSample(interval + 2, At(interval), MeterId.Parse("m"), default, default, default, default),
        used,
        made);

    public static Instant At(int interval) => new(Inputs.Noon.Micros + (interval * StepMicros));

    /// <summary>With import and export that fit.</summary>
    public static MeterSample Set(MeterSample sample, long used, long made) => sample with
    {
        Consumption = new WattHours(used),
        Generation = new WattHours(made),
        Import = new WattHours(used > made ? used - made : 0),
        Export = new WattHours(made > used ? made - used : 0),
    };

    /// <summary>Adds the counts of both registers after the first interval, and every so many.</summary>
    public static void AddRegisters(List<MeterSample> samples, int every)
    {
        (long used, long made) = (123_456, 7_890);
        for (int at = 0; at < samples.Count; at++)
        {
            used += samples[at].Consumption.Wh;
            made += samples[at].Generation.Wh;
            if (at == 0 || (at + 1) % every == 0)
            {
                samples[at] = samples[at] with
                {
                    ConsumptionRegister = new WattHours(used),
                    GenerationRegister = new WattHours(made),
                };
            }
        }
    }

    public static VeeResult Run(List<MeterSample> samples, int count, VeeSettings? settings = null) =>
        VeeEngine.Run(Connection(), samples, At(0), At(count - 1), settings ?? new VeeSettings());
}
