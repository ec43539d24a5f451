using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Market.Tests.Books;
using EnergyNode.Market.Tests.Metering;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;
using Bounds = EnergyNode.Ledger.Limits;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>
/// The recorded fortnight twice, with readings that are silent or wrong at the close and corrected within the window.
/// Orders are the same whether a reading is right at once or later: no home offers more than it really has.
/// </summary>
internal sealed class FourWeeks
{
    public const long PaidIn = 5_000_000;

    /// <summary>Of the governance, spread over the weeks.</summary>
    public const int Decisions = 9;
    private const long FeedIn = 50_000;
    private const int EpochsPerDay = 96;
    private const int Fortnight = 14 * EpochsPerDay;

    private static readonly TariffSchedule Tariff = Inputs.Value(TariffParser.Parse(
        "tariff.csv", File.ReadAllBytes(TestFiles.InData("tariff_carbon_hourly_2016-08_2017-07.csv"))));

    private readonly Line[][] _epochs;

    /// <param name="seed">Which readings are silent or wrong.</param>
    public FourWeeks(ulong seed)
    {
        ReadingValidator validator = new(Inputs.RealMeters());
        List<ReadingInterval> intervals = [];
        foreach (RawReading reading in Inputs.RealReadings().Readings)
        {
            validator.Accept(reading, intervals);
        }

        validator.Complete(intervals);
        Xorshift random = new(seed);
        RawReading[][] readings = [.. intervals.Select(interval => interval.Readings.ToArray())];
        Assert.Equal(Fortnight, readings.Length);
        _epochs = [.. readings.Concat(readings).Select(epoch => epoch.Select(one => Damage(one, random)).ToArray())];
        Homes = [.. readings[0].Select(reading => reading.Meter.ToString())];
    }

    public string[] Homes { get; }

    public int Corrections => _epochs.Sum(epoch => epoch.Count(line => line.Corrections > 0));

    /// <summary>What a home really used and made.</summary>
    public (long Used, long Made) TruthOf(string home) => _epochs.SelectMany(epoch => epoch)
        .Where(line => line.Home == home)
        .Aggregate((0L, 0L), (sum, line) => (sum.Item1 + line.Used, sum.Item2 + line.Made));

    /// <param name="delays">Decides when each correction comes; null when every reading is right at once.</param>
    public void Run(MarketFixture market, Xorshift? delays)
    {
        List<Command>[] late = [.. Enumerable.Range(0, _epochs.Length).Select(_ => new List<Command>())];
        for (int epoch = 0; epoch < _epochs.Length; epoch++)
        {
            List<Command> commands = [.. late[epoch], .. Events(epoch), .. Readings(epoch, delays is null)];
            commands.AddRange(Orders(epoch));
            commands.Add(Close(epoch));
            IReadOnlyList<Receipt> receipts = market.Run("gateway", BatchFlags.InOrder, [.. commands]);
            for (int i = 0; i < receipts.Count; i++)
            {
                Assert.True(
                    receipts[i].Error is LedgerError.None
                    || (commands[i] is Command.CorrectReading && receipts[i].Error is LedgerError.CorrectionOutdated),
                    $"{receipts[i].Error} of {commands[i]}");
            }

            foreach (Line line in delays is null ? [] : _epochs[epoch])
            {
                for (int version = 1; version <= line.Corrections; version++)
                {
                    int after = 1 + (int)delays!.Below(Bounds.CorrectionWindowEpochs);
                    late[Math.Min(epoch + after, _epochs.Length - 1)].Add(Correction(line, epoch, version));
                }
            }
        }
    }

    private static Line Damage(RawReading reading, Xorshift random)
    {
        Line line = new(reading.Meter.ToString(), reading.Consumption.Wh, reading.Generation.Wh);
        return random.Below(40) switch
        {
            0 => line with { IsSilent = true, Corrections = 1 },
            1 => line with { ReadUsed = line.Used / 2, ReadMade = line.Made + 70, Corrections = 1 },
            2 => line with { ReadUsed = line.Used + 55, ReadMade = line.Made / 3, Corrections = 2 },
            _ => line,
        };
    }

    private static Command Correction(Line line, int epoch, int version)
    {
        long used = version == line.Corrections ? line.Used : line.Used / 4;
        return CommandText.Parse($"correct {line.Home} {epoch} {version} {used} {line.Made}");
    }

    /// <summary>Prices of their own for deviations in the second week; money in and out; decisions.</summary>
    private IEnumerable<Command> Events(int epoch) => epoch switch
    {
        3 * EpochsPerDay => [CommandText.Parse("propose price gridfee 12,000"), CommandText.Parse("propose grace 60")],
        5 * EpochsPerDay => [CommandText.Parse("propose losses 10,000 20,000 30,000")],
        9 * EpochsPerDay => [CommandText.Parse("propose book home-spot continuous tick 10")],
        12 * EpochsPerDay =>
            [CommandText.Parse("propose fees 3,000 6,000"), CommandText.Parse("propose price gridfee 9,000")],
        19 * EpochsPerDay =>
            [CommandText.Parse("propose book home-spot"), CommandText.Parse("propose deviation 300,000 40,000")],
        16 * EpochsPerDay => [CommandText.Parse("propose losses 7 8 66,667")],
        7 * EpochsPerDay => [CommandText.Parse("deviation 333,333 33,333")],
        Fortnight => [CommandText.Parse("deviation none none"), CommandText.Parse($"deposit {Homes[0]} {PaidIn + 1}")],
        Fortnight + 5 => [CommandText.Parse($"withdraw {Homes[0]} 1")],
        _ => [],
    };

    /// <summary>The last epoch is read rightly: no correction of it could come.</summary>
    private IEnumerable<Command> Readings(int epoch, bool right) => _epochs[epoch]
        .Where(line => right || !line.IsSilent || epoch == _epochs.Length - 1)
        .Select(line => right || epoch == _epochs.Length - 1
            ? Reading(line.Home, epoch, line.Used, line.Made)
            : Reading(line.Home, epoch, line.ReadUsed ?? line.Used, line.ReadMade ?? line.Made));

    private IEnumerable<Command> Orders(int epoch)
    {
        Instant start = new(FirstEpoch.Micros + (epoch % Fortnight * EpochLength.Micros));
        Assert.Equal(TariffRefusal.None, Tariff.PriceAt(start, out Price retail));
        yield return new Command.SetTariff(retail, new Price(FeedIn));
        foreach (Line line in _epochs[epoch].Where(line => !line.IsSilent))
        {
            long surplus = Math.Min(
                line.Made - line.Used, (line.ReadMade ?? line.Made) - (line.ReadUsed ?? line.Used));
            if (surplus != 0)
            {
                yield return surplus > 0
                    ? Ask(line.Home, FeedIn, surplus)
                    : Bid(line.Home, retail.MicroPerKwh, -surplus);
            }
        }
    }

    private sealed record Line(string Home, long Used, long Made)
    {
        public bool IsSilent { get; init; }

        public long? ReadUsed { get; init; }

        public long? ReadMade { get; init; }

        public int Corrections { get; init; }
    }
}
