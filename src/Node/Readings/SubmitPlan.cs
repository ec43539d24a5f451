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

    private readonly bool _corrects;
    private readonly List<LateReading> _late = [];

    private SubmitPlan(SortedDictionary<long, List<MeasuredReading>> epochs, bool corrects)
    {
        Epochs = epochs;
        _corrects = corrects;
    }

    /// <summary>By number, without a gap; an epoch may have no readings.</summary>
    public IReadOnlyDictionary<long, List<MeasuredReading>> Epochs { get; }

    /// <summary>What was measured in closed epochs; empty unless corrections are wanted.</summary>
    public IReadOnlyList<LateReading> Late => _late;

    /// <summary>Readings still to be sent.</summary>
    public int Readings { get; private set; }

    /// <summary>Intervals before the cursor, and readings that the open epoch has already.</summary>
    public long Confirmed { get; private set; }

    /// <summary>Intervals after the cursor, of corrections also before it, that have no measured value.</summary>
    public long LeftOut { get; private set; }

    /// <param name="file">The samples.</param>
    /// <param name="cursor">Where the ledger stands.</param>
    /// <param name="market">For the epochs' times.</param>
    /// <param name="corrects">Closed epochs are looked at too.</param>
    /// <exception cref="CommandFailedException">The file begins later than the ledger's open epoch.</exception>
    public static SubmitPlan Make(SampleFile file, LedgerCursor cursor, MarketParameters market, bool corrects = false)
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

        SubmitPlan plan = new(epochs, corrects);
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
            if (_corrects && epoch < open && interval is VeeInterval.Measured late)
            {
                _late.Add(new LateReading(new EpochIndex(epoch), late.Reading));
            }
            else if ((epoch < open && !_corrects) || (epoch == open && known.ReadFor.Value == open))
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
