using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>
/// What the validator remembers of one meter: in which intervals it was heard, and the state of its flags.
/// </summary>
internal sealed class MeterTrack
{
    /// <summary>Six hours without any load: a fridge alone breaks it.</summary>
    public const int ZeroRunIntervals = 24;

    /// <summary>200 W for a quarter of an hour: the plant certainly produces.</summary>
    public const long ProducingWattHours = 50;

    /// <summary>Fewer zeros are no pattern.</summary>
    public const int ClippedIntervals = 16;

    /// <summary>A twentieth of the producing intervals.</summary>
    public const int ClippedOneIn = 20;

    private const int BitsPerWord = 64;

    private readonly List<ulong> _heard = [];
    private int _lastInterval = -1;
    private int _zeroRun;
    private int _producing;
    private int _zeroWhileProducing;
    private bool _clippedFlagged;

    public bool IsHeard(int interval)
    {
        int word = interval / BitsPerWord;
        return word < _heard.Count && (_heard[word] & (1UL << (interval % BitsPerWord))) != 0;
    }

    public void SetHeard(int interval)
    {
        int word = interval / BitsPerWord;
        while (_heard.Count <= word)
        {
            _heard.Add(0);
        }

        _heard[word] |= 1UL << (interval % BitsPerWord);
    }

    /// <summary>Looks at a released reading; each condition is flagged where it begins to hold.</summary>
    public void Inspect(in RawReading reading, int interval, ValidationReport report)
    {
        InspectZeroRun(reading, interval, report);
        InspectClipping(reading, report);
        long difference = reading.Consumption.Wh - reading.Generation.Wh;
        if (reading.Import.Wh != Math.Max(0, difference) || reading.Export.Wh != Math.Max(0, -difference))
        {
            report.Add(
                FlagRule.ImportExportMismatch,
                reading,
                $"import {reading.Import} and export {reading.Export}, but consumption − generation = "
                + new WattHours(difference));
        }
    }

    private void InspectZeroRun(in RawReading reading, int interval, ValidationReport report)
    {
        bool follows = interval == _lastInterval + 1;
        _lastInterval = interval;
        _zeroRun = reading.Consumption.Wh != 0 ? 0 : follows ? _zeroRun + 1 : 1;
        if (_zeroRun == ZeroRunIntervals)
        {
            report.Add(FlagRule.ZeroRun, reading, $"no consumption in {ZeroRunIntervals} intervals in a row");
        }
    }

    private void InspectClipping(in RawReading reading, ValidationReport report)
    {
        if (reading.Generation.Wh < ProducingWattHours)
        {
            return;
        }

        _producing++;
        _zeroWhileProducing += reading.Consumption.Wh == 0 ? 1 : 0;
        if (!_clippedFlagged && _zeroWhileProducing >= ClippedIntervals
            && (long)_zeroWhileProducing * ClippedOneIn >= _producing)
        {
            _clippedFlagged = true;
            report.Add(
                FlagRule.ClippedLoad,
                reading,
                $"no consumption in {_zeroWhileProducing} of {_producing} intervals with generation");
        }
    }
}
