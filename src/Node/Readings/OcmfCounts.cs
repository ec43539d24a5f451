using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EnergyNode.Market.Metering;

namespace EnergyNode.Node.Readings;

/// <summary>
/// The counts of one charging point's import register, from records whose signatures are valid and to which the
/// inspection does not object. Holds them against what only a submission asks.
/// </summary>
internal sealed class OcmfCounts
{
    private readonly List<OcmfCount> _counts = [];
    private readonly List<(OcmfCount First, char Context, long Number)> _pages = [];
    private string? _register;

    /// <summary>The first thing that does not fit, with its record; null when all does.</summary>
    public string? Problem { get; private set; }

    /// <summary>In the order of time.</summary>
    public IReadOnlyList<OcmfCount> Ordered => _counts;

    /// <summary>Takes the next record.</summary>
    /// <param name="record">Its number in the file, from 1 on.</param>
    /// <param name="line">Its line.</param>
    /// <param name="payload">Its payload.</param>
    public void Take(int record, int line, OcmfPayload payload)
    {
        bool paged = false;
        foreach (OcmfReading reading in payload.Readings)
        {
            if (reading.EnergyOf(out _) is { } energy && reading.IsImport && reading.TimeMillis is { } time)
            {
                OcmfCount count = new(record, line, time, reading.Clock, reading.Transaction, energy);
                CheckReading(count, reading);
                _counts.Add(count);
                if (!paged)
                {
                    TakePage(count, payload.Pagination);
                    paged = true;
                }
            }
        }

        if (!paged)
        {
            Refuse(record, line, ReadingRule.Register, "no register of import (OBIS 1.8) is read");
        }
    }

    /// <summary>No record follows: puts the counts in the order of time and compares them.</summary>
    public void Complete()
    {
        CheckPages();
        List<OcmfCount> ordered = [.. _counts.OrderBy(static count => count.TimeMillis)];
        _counts.Clear();
        _counts.AddRange(ordered);
        int open = 0;
        for (int at = 1; at < _counts.Count; at++)
        {
            OcmfCount from = _counts[at - 1];
            open = Math.Max(0, open + from.Transaction switch
            {
                'B' => 1,
                'E' or 'L' or 'R' or 'A' or 'P' => -1,
                _ => 0,
            });
            CheckStep(from, _counts[at], open > 0);
        }
    }

    /// <summary>The first refusal is the one that is shown.</summary>
    private void Refuse(int record, int line, ReadingRule rule, string text) => Problem ??= string.Create(
        CultureInfo.InvariantCulture, $"record {record} (line {line}): {ReadingRuleName.Of(rule)}: {text}");

    private void Refuse(in OcmfCount count, ReadingRule rule, string text) =>
        Refuse(count.Record, count.Line, rule, text);

    private void CheckReading(in OcmfCount count, OcmfReading reading)
    {
        _register ??= reading.Register;
        if (reading.Register != _register)
        {
            Refuse(
                count, ReadingRule.Register,
                $"registers {XmlCursor.Shown(_register)} and {XmlCursor.Shown(reading.Register)} both count import");
        }

        if (reading.Transaction == 'X')
        {
            Refuse(count, ReadingRule.Exception, "from TX X on time or energy are no longer usable");
        }

        if (reading.Clock == 'U')
        {
            Refuse(count, ReadingRule.Clock, "the clock's state is U, so the quarter of an hour is unknown");
        }
    }

    /// <summary>OCMF table 2: a letter and a number without leading zeros.</summary>
    private void TakePage(in OcmfCount first, string page)
    {
        ReadOnlySpan<char> digits = page.Length == 0 ? "" : page.AsSpan(1);
        if (digits.Length is 0 or > ReadingsLimits.MaxPaginationDigits || page[0] is not ('T' or 'F')
            || digits.ContainsAnyExceptInRange('0', '9') || (digits.Length > 1 && digits[0] == '0'))
        {
            Refuse(
                first, ReadingRule.Pagination, $"PG {XmlCursor.Shown(page)} is no T or F with a number as in T12345");
            return;
        }

        _pages.Add((first, page[0], long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture)));
    }

    /// <summary>Each context has its own number, which rises from record to record.</summary>
    private void CheckPages()
    {
        Dictionary<char, (OcmfCount First, long Number)> last = [];
        foreach ((OcmfCount first, char context, long number) in _pages
            .OrderBy(static page => page.First.TimeMillis).ThenBy(static page => page.Number))
        {
            if (last.TryGetValue(context, out (OcmfCount First, long Number) before) && number <= before.Number)
            {
                Refuse(
                    first, ReadingRule.Pagination,
                    $"PG {context}{number} is of a later time than {context}{before.Number} of record "
                    + $"{before.First.Record}, but no higher number");
            }

            last[context] = (first, number);
        }
    }

    private void CheckStep(in OcmfCount from, in OcmfCount to, bool charging)
    {
        string span = $"from {UtcTimestamp.Format(from.TimeMillis)} (record {from.Record}) to "
            + UtcTimestamp.Format(to.TimeMillis);
        if (to.Energy.CompareTo(from.Energy) < 0)
        {
            Refuse(
                to, ReadingRule.RegisterDecreases,
                $"{span} the register falls from {from.Energy} to {to.Energy} Wh");
        }
        else if (to.TimeMillis == from.TimeMillis && to.Energy != from.Energy)
        {
            Refuse(to, ReadingRule.TimeOrder, $"{span} is no time, but {to.Energy - from.Energy} Wh are counted in it");
        }
        else if (charging && !OcmfQuarterHours.IsKnown(from, to))
        {
            Refuse(
                to, ReadingRule.LongSpan,
                $"{span} {to.Energy - from.Energy} Wh are counted without a reading between, and only "
                + $"{VeeLimits.InterpolatedIntervals * MeteringLimits.IntervalSeconds / 3_600} h are interpolated");
        }
    }
}
