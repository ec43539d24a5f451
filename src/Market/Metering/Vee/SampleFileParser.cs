using System;
using System.Collections.Generic;
using System.Globalization;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>
/// METER-1 and VEE-21: reads a file of samples for validation. The form must be right in every row; times off the grid,
/// negative energies, repeated and unsorted rows are read, as they are what the rules look for.
/// </summary>
public sealed class SampleFileParser
{
    /// <summary>With the counts of the registers at the end of each interval, where they were read.</summary>
    public const string RegisterHeader =
        ReadingFileParser.Header + ",consumption_register_wh,generation_register_wh";

    private readonly ErrorList _errors;
    private readonly List<MeterSample> _samples = [];
    private readonly Dictionary<string, MeterId> _meters = new(StringComparer.Ordinal);
    private Instant _first;
    private Instant _last;

    private SampleFileParser(ErrorList errors)
    {
        _errors = errors;
    }

    /// <param name="file">The name to show in errors.</param>
    /// <param name="bytes">The whole file.</param>
    public static ParseResult<SampleFile> Parse(string file, ReadOnlySpan<byte> bytes) =>
        new SampleFileParser(new ErrorList(file)).Run(bytes);

    private ParseResult<SampleFile> Run(ReadOnlySpan<byte> bytes)
    {
        bool registers = HasRegisters(bytes);
        CsvDocument document = new(
            bytes, registers ? RegisterHeader : ReadingFileParser.Header, "reading", MeteringLimits.MaxRows, _errors);
        bool opened = document.Open();
        while (opened && document.Next(out CsvRow row))
        {
            Read(ref row, registers);
        }

        if (_errors.Count > 0)
        {
            return _errors.Refuse<SampleFile>();
        }

        List<MeterId> meters = [.. _meters.Values];
        meters.Sort();
        return new ParseResult<SampleFile>(new SampleFile(_samples, _first, _last, meters));
    }

    private static bool HasRegisters(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        int end = bytes.IndexOfAny((byte)'\r', (byte)'\n');
        return System.Text.Ascii.Equals(end < 0 ? bytes : bytes[..end], RegisterHeader);
    }

    private void Read(ref CsvRow row, bool registers)
    {
        WattHours? used = null;
        WattHours? made = null;
        if (!row.TakeTime(1, "a second", out Instant stamp)
            || !CheckSpan(row, VeeEngine.IntervalOf(stamp))
            || !row.TakeName("a meter id", out string name)
            || !TryKnow(row, name, out MeterId meter)
            || !row.TakeSignedEnergy(out WattHours consumption)
            || !row.TakeSignedEnergy(out WattHours generation)
            || !row.TakeSignedEnergy(out WattHours imported)
            || !row.TakeSignedEnergy(out WattHours exported)
            || (registers && !(row.TakeRegister(out used) && row.TakeRegister(out made))))
        {
            return;
        }

        _samples.Add(new MeterSample(
            row.Line, stamp, meter, consumption, generation, imported, exported, used, made));
    }

    private bool CheckSpan(in CsvRow row, Instant interval)
    {
        bool isFirst = _samples.Count == 0;
        Instant first = isFirst || interval < _first ? interval : _first;
        Instant last = isFirst || interval > _last ? interval : _last;
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

    private bool TryKnow(in CsvRow row, string name, out MeterId meter)
    {
        if (_meters.TryGetValue(name, out meter))
        {
            return true;
        }

        if (_meters.Count == MeteringLimits.MaxMeters)
        {
            return row.Fail(
                $"the file has more than {Text(MeteringLimits.MaxMeters)} meters", "split it by meter",
                InputRule.Limit);
        }

        meter = MeterId.Parse(name);
        _meters.Add(name, meter);
        return true;
    }

    private static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
