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
        List<Receipt> receipts = [.. batch.Readings.Select(reading => new Receipt(Take(reading), 0))];
        if (batch.Close is { } epoch)
        {
            bool isOpen = epoch.Value == _open;
            _open += isOpen ? 1 : 0;
            receipts.Add(new Receipt(isOpen ? LedgerError.None : LedgerError.ReadingOutsideEpoch, 0));
        }

        return receipts;
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
