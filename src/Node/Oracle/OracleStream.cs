using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Readings;

namespace EnergyNode.Node.Oracle;

/// <summary>
/// The one stream of readings of all sources, in the order of epochs. A reading is held until the ledger has decided on
/// it; one of a later epoch waits for it. An epoch is closed when each meter of the fleet was read, or when readings of
/// later epochs have waited for the grace. What comes after its epoch goes as a correction, beside it. Pure: time comes
/// in, batches come out; one thread at a time.
/// </summary>
internal sealed class OracleStream
{
    private readonly MarketParameters _market;
    private readonly IReadOnlySet<MeterId> _keyed;
    private readonly Duration _grace;
    private readonly SortedDictionary<(long Epoch, MeterId Meter), HeldReading> _held = [];
    private readonly SortedDictionary<long, Instant> _firstHeld = [];
    private readonly Dictionary<MeterId, MeterHistory> _histories = [];
    private readonly HashSet<MeterId> _read = [];
    private readonly HashSet<MeterId> _fleet = [];
    private LedgerCursor? _cursor;
    private long _open;
    private int _waiting;

    /// <param name="market">Of the chain, with epochs of a quarter of an hour.</param>
    /// <param name="keyed">The meters whose keys are held.</param>
    /// <param name="grace">How long an epoch waits for its meters once later readings are there.</param>
    public OracleStream(MarketParameters market, IReadOnlySet<MeterId> keyed, Duration grace)
    {
        _market = market;
        _keyed = keyed;
        _grace = grace;
    }

    /// <summary>Readings of closed epochs.</summary>
    public LateReadings Late { get; } = new();

    /// <summary>Whether it is known where the ledger stands; if not, <see cref="Begin"/> is to be called.</summary>
    public bool IsReady => _cursor is not null;

    /// <summary>The epoch that takes readings.</summary>
    public EpochIndex OpenEpoch => new(_open);

    /// <summary>When the open epoch is closed for want of meters; null while nothing of later epochs waits.</summary>
    public Instant? GraceEnds => _firstHeld.Any(first => first.Key > _open)
        ? _firstHeld.Where(first => first.Key > _open).Min(static first => first.Value).Plus(_grace)
        : null;

    /// <summary>Takes up where the ledger stands; what it has of the readings held is decided.</summary>
    public void Begin(LedgerCursor cursor)
    {
        _cursor = cursor;
        Late.Forget();
        _open = cursor.OpenEpoch.Value;
        _read.Clear();
        _fleet.Clear();
        foreach (MeterId meter in _keyed.Where(cursor.Meters.ContainsKey))
        {
            _fleet.Add(meter);
            if (cursor.Meters[meter].ReadFor.Value == _open)
            {
                _read.Add(meter);
            }
        }

        DropClosed();
        foreach (MeterId meter in _read)
        {
            Release((_open, meter), static (waiter, _) => waiter.FindAlready());
        }
    }

    /// <summary>The ledger's answer was lost or surprising: <see cref="Begin"/> has to come first.</summary>
    public void Forget() => _cursor = null;

    /// <summary>
    /// Takes a delivery as a whole, or refuses it as a whole for want of room or of a ledger: then it changes nothing.
    /// </summary>
    public bool TryOffer(Delivery delivery, Instant now)
    {
        int wanted = delivery.Samples.Count(NeedsRoom);
        if (_cursor is null || (wanted > 0 && _waiting + Late.Waiting + wanted > OracleLimits.MaxWaiting))
        {
            return false;
        }

        foreach (MeterSample sample in delivery.Samples)
        {
            Decide(delivery, sample, now);
        }

        return true;
    }

    /// <summary>What to submit now; null while there is nothing.</summary>
    public OracleBatch? Next(Instant now)
    {
        if (_cursor is null)
        {
            return null;
        }

        List<MeasuredReading> readings = [];
        bool isAll = true;
        foreach (((long epoch, _), HeldReading held) in _held)
        {
            if (epoch > _open)
            {
                break;
            }

            isAll = readings.Count < SubmitPlan.ReadingsPerBatch;
            if (!isAll)
            {
                break;
            }

            readings.Add(held.Reading);
        }

        bool isComplete = _fleet.Count > 0 && _read.Count + readings.Count == _fleet.Count;
        EpochIndex? close = isAll && (isComplete || now >= GraceEnds) ? new EpochIndex(_open) : null;
        IReadOnlyList<LateReading> late = Late.Next(SubmitPlan.ReadingsPerBatch - readings.Count);
        return readings.Count + late.Count == 0 && close is null ? null : new OracleBatch(readings, late, close);
    }

    /// <param name="batch">What was submitted.</param>
    /// <param name="receipts">One for each reading, each correction and the close.</param>
    public void OnFinal(OracleBatch batch, IReadOnlyList<Receipt> receipts)
    {
        bool surprised = false;
        for (int at = 0; at < batch.Readings.Count; at++)
        {
            surprised |= !TryDecide(batch.Readings[at].Meter, receipts[at].Error);
        }

        for (int at = 0; at < batch.Corrections.Count; at++)
        {
            surprised |= !Late.TryDecide(batch.Corrections[at], receipts[batch.Readings.Count + at].Error);
        }

        bool isClosed = batch.Close is not null && receipts[^1].Error == LedgerError.None;
        if (isClosed)
        {
            _open++;
            _read.Clear();
            DropClosed();
        }

        if (surprised || (batch.Close is not null && !isClosed))
        {
            Forget();
        }
    }

    /// <returns>
    /// False when the ledger stands elsewhere than thought, or the reading was not paid for: it is held on.
    /// </returns>
    private bool TryDecide(MeterId meter, LedgerError error)
    {
        if (error is LedgerError.ReadingOutsideEpoch or LedgerError.InsufficientOracleBalance
            or LedgerError.OracleRateExceeded)
        {
            return false;
        }

        if (error is LedgerError.None or LedgerError.ReadingAlreadySubmitted)
        {
            _read.Add(meter);
            Release((_open, meter), error == LedgerError.None
                ? static (waiter, _) => waiter.Confirm()
                : static (waiter, _) => waiter.FindAlready());
        }
        else
        {
            Release((_open, meter), (waiter, sample) => waiter.Refuse(
                sample, $"the ledger refuses it ({error}), correct the meter or its registration"));
        }

        return true;
    }

    private void Decide(Delivery delivery, in MeterSample sample, Instant now)
    {
        Instant start = VeeEngine.IntervalOf(sample.Stamp);
        (long Epoch, MeterId Meter) place = (SubmitPlan.EpochOf(start, _market), sample.Meter);
        if (Problem(sample, place.Epoch, now) is { } problem)
        {
            delivery.Refuse(sample, problem);
        }
        else if (place.Epoch < 0 || !SettlementRecords.IsKept(new EpochIndex(place.Epoch), OpenEpoch))
        {
            delivery.FindClosed();
        }
        else if (place.Epoch < _open && Late.Find(place) is { } late)
        {
            Late.Join(late, delivery, sample);
        }
        else if (place.Epoch == _open && _read.Contains(sample.Meter))
        {
            delivery.FindAlready();
        }
        else if (_held.TryGetValue(place, out HeldReading? held))
        {
            Join(held, delivery, sample);
        }
        else
        {
            Hold(place, delivery, sample, now);
        }
    }

    private string? Problem(in MeterSample sample, long epoch, Instant now)
    {
        if (!_keyed.Contains(sample.Meter))
        {
            return $"no key of meter {sample.Meter} is held, put meter+{sample.Meter}.key among the keys and restart";
        }

        if (!_fleet.Contains(sample.Meter))
        {
            return $"the ledger does not know meter {sample.Meter}, assign it and restart";
        }

        Instant end = sample.Stamp.Plus(Duration.FromSeconds(MeteringLimits.IntervalSeconds));
        if (end > now.Plus(Duration.FromSeconds(OracleLimits.MaxFutureSeconds)))
        {
            return "its quarter of an hour is not over yet, set the meter's clock";
        }

        return epoch > _open + OracleLimits.MaxAheadEpochs
            ? $"it is more than {OracleLimits.MaxAheadEpochs} epochs ahead of the ledger, submit what is between first"
            : null;
    }

    private void Join(HeldReading held, Delivery delivery, in MeterSample sample)
    {
        if (!held.Agrees(sample))
        {
            delivery.Refuse(sample, "duplicate: another value of the interval came before and stands");
            return;
        }

        held.Waiters.Add((delivery, sample));
        _waiting++;
    }

    private void Hold((long Epoch, MeterId Meter) place, Delivery delivery, in MeterSample sample, Instant now)
    {
        if (!_histories.TryGetValue(place.Meter, out MeterHistory? history))
        {
            RegisteredMeter known = _cursor!.Meters[place.Meter];
            history = new MeterHistory(new MeterConnection(place.Meter, "", known.ImportRating, known.ExportRating));
            _histories.Add(place.Meter, history);
        }

        MeasuredReading? reading = history.Judge(sample, out string problem);
        if (reading is null)
        {
            delivery.Refuse(sample, problem);
            return;
        }

        HeldReading held = new(reading);
        held.Waiters.Add((delivery, sample));
        if (place.Epoch < _open)
        {
            Late.Add(place, held);
            return;
        }

        _held.Add(place, held);
        _firstHeld.TryAdd(place.Epoch, now);
        _waiting++;
    }

    private bool NeedsRoom(MeterSample sample)
    {
        long epoch = SubmitPlan.EpochOf(VeeEngine.IntervalOf(sample.Stamp), _market);
        return epoch != _open || _held.ContainsKey((epoch, sample.Meter));
    }

    private void DropClosed()
    {
        while (_held.Count > 0 && _held.First().Key.Epoch < _open)
        {
            ((long Epoch, MeterId Meter) place, HeldReading held) = _held.First();
            _held.Remove(place);
            _waiting -= held.Waiters.Count;
            Late.Add(place, held);
        }

        while (_firstHeld.Count > 0 && _firstHeld.First().Key < _open)
        {
            _firstHeld.Remove(_firstHeld.First().Key);
        }
    }

    private void Release((long Epoch, MeterId Meter) place, Action<Delivery, MeterSample> decide)
    {
        if (_held.Remove(place, out HeldReading? held))
        {
            _waiting -= held.Waiters.Count;
            foreach ((Delivery delivery, MeterSample sample) in held.Waiters)
            {
                decide(delivery, sample);
            }
        }
    }
}
