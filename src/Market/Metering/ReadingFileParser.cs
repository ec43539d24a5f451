using System;
using System.Collections.Generic;
using System.Globalization;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>
/// METER-2: reads a file of quarter-hour readings. Any error refuses the file; whether its readings are plausible is
/// for <see cref="ReadingValidator"/>.
/// </summary>
public sealed class ReadingFileParser
{
    public const string Header = "start_utc,meter_id,consumption_wh,generation_wh,import_wh,export_wh";

    private readonly MeterList? _list;
    private readonly ErrorList _errors;
    private readonly List<RawReading> _readings = [];
    private readonly Dictionary<string, int> _meters = [];
    private readonly List<MeterId> _meterIds = [];
    private readonly Dictionary<long, int> _lines = [];
    private Instant _first;
    private Instant _last;

    private ReadingFileParser(MeterList? list, ErrorList errors)
    {
        _list = list;
        _errors = errors;
    }

    /// <param name="file">The name to show in errors.</param>
    /// <param name="bytes">The whole file.</param>
    /// <param name="meters">The known meters; without it every meter is accepted.</param>
    public static ParseResult<ReadingFile> Parse(string file, ReadOnlySpan<byte> bytes, MeterList? meters = null) =>
        new ReadingFileParser(meters, new ErrorList(file)).Run(bytes);

    /// <summary>
    /// Reads what can be read and keeps the errors beside it, at most <see cref="MeteringLimits.MaxListedFindings"/>.
    /// For looking at a file; what goes into the market passes <see cref="Parse"/>.
    /// </summary>
    /// <param name="file">The name to show in errors.</param>
    /// <param name="bytes">The whole file.</param>
    public static ReadingSurvey Survey(string file, ReadOnlySpan<byte> bytes)
    {
        ReadingFileParser parser = new(null, new ErrorList(file, MeteringLimits.MaxListedFindings));
        bool opened = parser.ReadRows(bytes);
        return new ReadingSurvey(opened, parser._readings, parser._meterIds, parser._errors.Errors);
    }

    private ParseResult<ReadingFile> Run(ReadOnlySpan<byte> bytes)
    {
        ReadRows(bytes);
        return _errors.Count > 0
            ? _errors.Refuse<ReadingFile>()
            : new ParseResult<ReadingFile>(new ReadingFile(_readings, _first, _last, _meterIds));
    }

    /// <returns>False when the file has no readable beginning.</returns>
    private bool ReadRows(ReadOnlySpan<byte> bytes)
    {
        CsvDocument document = new(bytes, Header, "reading", MeteringLimits.MaxRows, _errors);
        if (!document.Open())
        {
            return false;
        }

        while (document.Next(out CsvRow row))
        {
            Read(ref row);
        }

        _meterIds.Sort();
        return true;
    }

    private void Read(ref CsvRow row)
    {
        if (!row.TakeTime(MeteringLimits.IntervalSeconds, "a quarter of an hour", out Instant start)
            || !CheckSpan(row, start)
            || !row.TakeName("a meter id", out string name)
            || !TryKnow(row, name, out int meter)
            || !CheckUnique(row, meter, name, start)
            || !row.TakeEnergy(out WattHours consumption)
            || !row.TakeEnergy(out WattHours generation)
            || !row.TakeEnergy(out WattHours imported)
            || !row.TakeEnergy(out WattHours exported))
        {
            return;
        }

        _readings.Add(new RawReading(
            row.Line, start, _meterIds[meter], consumption, generation, imported, exported));
    }

    private bool CheckSpan(in CsvRow row, Instant start)
    {
        bool isFirst = _lines.Count == 0;
        Instant first = isFirst || start < _first ? start : _first;
        Instant last = isFirst || start > _last ? start : _last;
        if (last.Since(first).Micros / Instant.MicrosPerSecond / MeteringLimits.IntervalSeconds
            >= MeteringLimits.MaxIntervals)
        {
            return row.Fail(
                $"with this row the file spans more than {Text(MeteringLimits.MaxIntervals)} intervals",
                "correct the time or split the file",
                InputRule.InvalidInterval);
        }

        (_first, _last) = (first, last);
        return true;
    }

    private bool TryKnow(in CsvRow row, string name, out int meter)
    {
        if (_meters.TryGetValue(name, out meter))
        {
            return true;
        }

        MeterId id = MeterId.Parse(name);
        if (_list is not null && _list.IndexOf(id) < 0)
        {
            return row.Fail(
                $"meter '{name}' is not in the meter list", "add it there or remove the row", InputRule.UnknownMeter);
        }

        if (_meterIds.Count == MeteringLimits.MaxMeters)
        {
            return row.Fail(
                $"the file has more than {Text(MeteringLimits.MaxMeters)} meters", "split it by meter",
                InputRule.Limit);
        }

        meter = _meterIds.Count;
        _meterIds.Add(id);
        _meters.Add(name, meter);
        return true;
    }

    private bool CheckUnique(in CsvRow row, int meter, string name, Instant start)
    {
        long interval = start.Seconds / MeteringLimits.IntervalSeconds;
        long key = (interval * MeteringLimits.MaxMeters) + meter;
        return _lines.TryAdd(key, row.Line)
            || row.Fail(
                $"meter '{name}' has this interval already in line {Text(_lines[key])}", "remove one of the two",
                InputRule.Duplicate);
    }

    private static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
