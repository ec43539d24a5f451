using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Gateway;
using EnergyNode.Node.Oracle;
using EnergyNode.Node.Readings;

namespace EnergyNode.Node.Tests.Oracle;

/// <summary>A ledger in memory that can lose an answer, before or after it acted, and can be held back.</summary>
internal sealed class FakeLedger : IReadingLedger
{
    private readonly Lock _gate = new();
    private readonly Dictionary<MeterId, RegisteredMeter> _meters = [];
    private readonly List<(long Epoch, MeterId Meter, long Wh)> _readings = [];
    private readonly Dictionary<MeterEpoch, SettledMeter> _settled = [];
    private readonly List<string> _corrections = [];
    private long _open;

    public FakeLedger(params string[] meters)
    {
        foreach (string meter in meters)
        {
            _meters.Add(
                MeterId.Parse(meter),
                new RegisteredMeter(default, new Watts(24_000), new Watts(7_600), new EpochIndex(-1)));
        }
    }

    /// <summary>How many of the next batches fail before anything happened.</summary>
    public int LoseBatches { get; set; }

    /// <summary>How many of the next answers are lost after the batch was executed.</summary>
    public int LoseAnswers { get; set; }

    /// <summary>Batches wait for it.</summary>
    public Task Open { get; set; } = Task.CompletedTask;

    /// <summary>What is answered to every operation instead of executing it; none for the usual.</summary>
    public LedgerError RefuseAll { get; set; }

    public string Corrections => string.Join(' ', _corrections);

    /// <summary>Meters whose readings are refused.</summary>
    public HashSet<string> Suspended { get; } = [];

    public string Readings
    {
        get
        {
            lock (_gate)
            {
                return string.Join(' ', _readings.Select(one => $"{one.Epoch}:{one.Meter}:{one.Wh}"));
            }
        }
    }

    public long OpenEpoch
    {
        get
        {
            lock (_gate)
            {
                return _open;
            }
        }
    }

    public LedgerCursor Cursor => new(new EpochIndex(_open), 0, new Dictionary<MeterId, RegisteredMeter>(_meters));

    public Task<LedgerCursor> ReadAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult(Cursor);
        }
    }

    public Task<IReadOnlyList<SettledMeter?>> ReadSettledAsync(
        IReadOnlyList<MeterEpoch> places, EpochIndex open, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult(Settled(places));
        }
    }

    public IReadOnlyList<SettledMeter?> Settled(IReadOnlyList<MeterEpoch> places) =>
        [.. places.Select(place => _settled.TryGetValue(place, out SettledMeter row) ? row : (SettledMeter?)null)];

    public async Task<IReadOnlyList<Receipt>> SubmitAsync(OracleBatch batch, CancellationToken cancellation)
    {
        await Open.WaitAsync(cancellation);
        lock (_gate)
        {
            if (LoseBatches > 0)
            {
                LoseBatches--;
                throw new GatewayException("lost");
            }

            IReadOnlyList<Receipt> receipts = Execute(batch);
            if (LoseAnswers > 0)
            {
                LoseAnswers--;
                throw new GatewayException("lost");
            }

            return receipts;
        }
    }

    public IReadOnlyList<Receipt> Execute(OracleBatch batch)
    {
        if (RefuseAll != LedgerError.None)
        {
            int count = batch.Readings.Count + batch.Corrections.Count + (batch.Close is null ? 0 : 1);
            return [.. Enumerable.Repeat(new Receipt(RefuseAll, 0), count)];
        }

        List<Receipt> receipts =
        [
            .. batch.Readings.Select(reading => new Receipt(Take(reading), 0)),
            .. batch.Corrections.Select(late => new Receipt(Correct(late), 0)),
        ];
        if (batch.Close is { } epoch)
        {
            bool isOpen = epoch.Value == _open;
            Settle();
            _open += isOpen ? 1 : 0;
            receipts.Add(new Receipt(isOpen ? LedgerError.None : LedgerError.ReadingOutsideEpoch, 0));
        }

        return receipts;
    }

    /// <summary>A meter that was not read counts as zero.</summary>
    private void Settle()
    {
        foreach (MeterId meter in _meters.Keys)
        {
            WattHours used = new(_readings.LastOrDefault(one => one.Epoch == _open && one.Meter == meter).Wh);
            _settled.TryAdd(
                new MeterEpoch(meter, new EpochIndex(_open)), new SettledMeter(default, used, WattHours.Zero, 0));
        }
    }

    private LedgerError Correct(LateReading late)
    {
        MeterEpoch place = new(late.Reading.Meter, late.Epoch);
        if (Suspended.Contains(place.Meter.ToString()))
        {
            return LedgerError.MeterNotFound;
        }

        _settled[place] = _settled[place] with { Consumption = late.Reading.Consumption, Version = 1 };
        _corrections.Add($"{late.Epoch}:{place.Meter}:{late.Reading.Consumption.Wh}");
        return LedgerError.None;
    }

    private LedgerError Take(MeasuredReading reading)
    {
        long epoch = SubmitPlan.EpochOf(reading.Start, OracleFixture.Market);
        RegisteredMeter meter = _meters[reading.Meter];
        if (Suspended.Contains(reading.Meter.ToString()))
        {
            return LedgerError.MeterNotFound;
        }

        if (epoch != _open)
        {
            return LedgerError.ReadingOutsideEpoch;
        }

        if (meter.ReadFor.Value == _open)
        {
            return LedgerError.ReadingAlreadySubmitted;
        }

        _meters[reading.Meter] = meter with { ReadFor = new EpochIndex(_open) };
        _readings.Add((epoch, reading.Meter, reading.Consumption.Wh));
        return LedgerError.None;
    }
}
