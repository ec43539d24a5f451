using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Cli;
using EnergyNode.Node.Setup;

namespace EnergyNode.Node.Readings;

/// <summary>
/// What of a file still has to go to the ledger: after the epoch and the readings that it has confirmed. Only what was
/// measured and is not refuted goes (VEE-19); the rest is counted.
/// </summary>
internal sealed class SubmitPlan
{
    /// <summary>A reading takes at most 157 bytes, so that 500 and a close stay below 128 KiB.</summary>
    public const int ReadingsPerBatch = 500;

    private SubmitPlan(SortedDictionary<long, List<MeasuredReading>> epochs)
    {
        Epochs = epochs;
    }

    /// <summary>By number, without a gap; an epoch may have no readings.</summary>
    public IReadOnlyDictionary<long, List<MeasuredReading>> Epochs { get; }

    /// <summary>Readings still to be sent.</summary>
    public int Readings { get; private set; }

    /// <summary>Intervals before the cursor, and readings that the open epoch has already.</summary>
    public long Confirmed { get; private set; }

    /// <summary>Intervals after the cursor that have no measured value to send.</summary>
    public long LeftOut { get; private set; }

    /// <exception cref="CommandFailedException">The file begins later than the ledger's open epoch.</exception>
    public static SubmitPlan Make(SampleFile file, LedgerCursor cursor, MarketParameters market)
    {
        long first = EpochOf(file.First, market);
        if (first > cursor.OpenEpoch.Value)
        {
            throw new CommandFailedException(
                ExitCodes.Failed,
                $"the ledger waits for readings of {UtcTime.Render(market.StartOf(cursor.OpenEpoch))}, but the file "
                + $"begins with {UtcTime.Render(file.First)}, submit what lies between first");
        }

        SortedDictionary<long, List<MeasuredReading>> epochs = [];
        for (long epoch = cursor.OpenEpoch.Value; epoch <= EpochOf(file.Last, market); epoch++)
        {
            epochs.Add(epoch, []);
        }

        SubmitPlan plan = new(epochs);
        Dictionary<MeterId, List<MeterSample>> samples = [];
        foreach (MeterId meter in file.Meters)
        {
            samples.Add(meter, []);
        }

        foreach (MeterSample sample in file.Samples)
        {
            samples[sample.Meter].Add(sample);
        }

        foreach (MeterId meter in file.Meters)
        {
            RegisteredMeter known = cursor.Meters[meter];
            MeterConnection connection = new(meter, "", known.ImportRating, known.ExportRating);
            VeeResult result = VeeEngine.Run(connection, samples[meter], file.First, file.Last, new VeeSettings());
            plan.Add(result, known, cursor.OpenEpoch.Value, market);
        }

        return plan;
    }

    /// <summary>The epoch of an interval, below 0 before the first one.</summary>
    public static long EpochOf(Instant start, MarketParameters market)
    {
        long micros = start.Since(market.FirstEpoch).Micros;
        return (micros - (((micros % market.EpochLength.Micros) + market.EpochLength.Micros)
            % market.EpochLength.Micros)) / market.EpochLength.Micros;
    }

    private void Add(VeeResult result, in RegisteredMeter known, long open, MarketParameters market)
    {
        foreach (VeeInterval interval in result.Intervals)
        {
            long epoch = EpochOf(interval.Start, market);
            if (epoch < open || (epoch == open && known.ReadFor.Value == open))
            {
                Confirmed++;
            }
            else if (interval is VeeInterval.Measured measured)
            {
                Epochs[epoch].Add(measured.Reading);
                Readings++;
            }
            else
            {
                LeftOut++;
            }
        }
    }
}
