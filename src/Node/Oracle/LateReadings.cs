using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Readings;

namespace EnergyNode.Node.Oracle;

/// <summary>
/// Readings that came after their epoch. Each is looked up first: where the meter was silent it becomes a correction;
/// where the ledger has the same value it is there already; another value stands. Pure, one thread at a time.
/// </summary>
internal sealed class LateReadings
{
    /// <summary>The first correction of an epoch; a later one prevails (DEV-6).</summary>
    public const long Version = 1;

    private readonly SortedDictionary<(long Epoch, MeterId Meter), HeldReading> _held = [];
    private readonly HashSet<(long Epoch, MeterId Meter)> _silent = [];

    /// <summary>How many readings and repetitions wait.</summary>
    public int Waiting { get; private set; }

    /// <summary>Whether a reading of this place waits.</summary>
    public HeldReading? Find((long Epoch, MeterId Meter) place) => _held.GetValueOrDefault(place);

    public void Add((long Epoch, MeterId Meter) place, HeldReading held)
    {
        if (_held.TryAdd(place, held))
        {
            Waiting += held.Waiters.Count;
            return;
        }

        // Validators that lagged behind had made it look like one of the open epoch.
        foreach ((Delivery delivery, MeterSample sample) in held.Waiters)
        {
            Join(_held[place], delivery, sample);
        }
    }

    /// <summary>Somebody else waits for the same, or says something else.</summary>
    public void Join(HeldReading held, Delivery delivery, in MeterSample sample)
    {
        if (!held.Agrees(sample))
        {
            delivery.Refuse(sample, "duplicate: another value of the interval came before and stands");
            return;
        }

        held.Waiters.Add((delivery, sample));
        Waiting++;
    }

    /// <summary>What the ledger said may have changed: everything is looked up again.</summary>
    public void Forget() => _silent.Clear();

    /// <summary>Those that must be looked up, the earliest first.</summary>
    /// <param name="open">The open epoch: what is not closed has no record yet.</param>
    public IReadOnlyList<MeterEpoch> Unsettled(EpochIndex open) =>
    [
        .. _held.Keys.Where(place => place.Epoch < open.Value && !_silent.Contains(place)).Take(OracleLimits.MaxLookUps)
            .Select(static place => new MeterEpoch(place.Meter, new EpochIndex(place.Epoch))),
    ];

    /// <param name="places">As <see cref="Unsettled"/> gave them.</param>
    /// <param name="settled">For each what the ledger settled it by; null where it has no record.</param>
    public void OnSettled(IReadOnlyList<MeterEpoch> places, IReadOnlyList<SettledMeter?> settled)
    {
        for (int at = 0; at < places.Count; at++)
        {
            (long Epoch, MeterId Meter) place = (places[at].Epoch.Value, places[at].Meter);
            if (!_held.TryGetValue(place, out HeldReading? held))
            {
                continue;
            }

            if (settled[at] is not { } row)
            {
                Release(place, static (waiter, _) => waiter.FindClosed());
            }
            else if (new LateReading(places[at].Epoch, held.Reading).Agrees(row))
            {
                Release(place, static (waiter, _) => waiter.FindAlready());
            }
            else if (row.Version == 0 && row.Consumption == WattHours.Zero && row.Generation == WattHours.Zero)
            {
                _silent.Add(place);
            }
            else
            {
                Release(place, static (waiter, sample) => waiter.Refuse(
                    sample, "duplicate: its epoch is settled by another value, which stands until it is corrected"));
            }
        }
    }

    /// <summary>What can be sent as corrections, at most so many.</summary>
    public IReadOnlyList<LateReading> Next(int most) =>
    [
        .. _held.Where(held => _silent.Contains(held.Key)).Take(most)
            .Select(static held => new LateReading(new EpochIndex(held.Key.Epoch), held.Value.Reading)),
    ];

    /// <returns>False when it is to be sent again: it was not paid for, or was one too many of its epoch.</returns>
    public bool TryDecide(LateReading late, LedgerError error)
    {
        if (error is LedgerError.InsufficientOracleBalance or LedgerError.OracleRateExceeded)
        {
            return false;
        }

        (long Epoch, MeterId Meter) place = (late.Epoch.Value, late.Reading.Meter);
        _silent.Remove(place);
        Release(place, error switch
        {
            LedgerError.None => static (waiter, _) => waiter.Correct(),
            LedgerError.CorrectionAlreadyApplied => static (waiter, _) => waiter.FindAlready(),
            LedgerError.CorrectionTooLate => static (waiter, _) => waiter.FindClosed(),
            _ => (waiter, sample) => waiter.Refuse(
                sample, $"the ledger refuses the correction of its epoch ({error}), correct it by hand"),
        });
        return true;
    }

    private void Release((long Epoch, MeterId Meter) place, Action<Delivery, MeterSample> decide)
    {
        if (_held.Remove(place, out HeldReading? held))
        {
            Waiting -= held.Waiters.Count;
            foreach ((Delivery delivery, MeterSample sample) in held.Waiters)
            {
                decide(delivery, sample);
            }
        }
    }
}
