using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using EnergyNode.Market.Metering;

namespace EnergyNode.Node.Oracle;

/// <summary>
/// The readings of one request or message, and the promise to say what became of them. Readings are decided one by one,
/// by one thread at a time; the promise is kept with the last of them.
/// </summary>
internal sealed class Delivery
{
    private readonly TaskCompletionSource<DeliveryOutcome> _decided =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly List<RefusedReading> _refused = [];
    private int _left;
    private int _confirmed;
    private int _already;
    private int _corrected;
    private int _closed;
    private int _refusedCount;

    /// <param name="samples">At least one, at most <see cref="OracleLimits.MaxDeliveryReadings"/>.</param>
    public Delivery(IReadOnlyList<MeterSample> samples)
    {
        ArgumentOutOfRangeException.ThrowIfZero(samples.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samples.Count, OracleLimits.MaxDeliveryReadings);
        Samples = samples;
        _left = samples.Count;
    }

    public IReadOnlyList<MeterSample> Samples { get; }

    public Task<DeliveryOutcome> Decided => _decided.Task;

    public void Confirm()
    {
        _confirmed++;
        Count();
    }

    public void FindAlready()
    {
        _already++;
        Count();
    }

    public void Correct()
    {
        _corrected++;
        Count();
    }

    public void FindClosed()
    {
        _closed++;
        Count();
    }

    public void Refuse(in MeterSample sample, string text)
    {
        _refusedCount++;
        if (_refused.Count < OracleLimits.MaxListedRefusals)
        {
            _refused.Add(new RefusedReading(
                sample.Line, sample.Meter, VeeEngine.IntervalOf(sample.Stamp), text));
        }

        Count();
    }

    private void Count()
    {
        _left--;
        if (_left == 0)
        {
            _decided.SetResult(new DeliveryOutcome(
                _confirmed, _corrected, _already, _closed, _refusedCount, _refused));
        }
    }
}
