using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>
/// One meter's intervals in order, while the rules look at them: the sample placed in each, and what the rules think of
/// its two energies.
/// </summary>
internal sealed class MeterSeries
{
    public const int Consumption = 0;
    public const int Generation = 1;
    public const int Channels = 2;

    private readonly IReadOnlyList<MeterSample> _samples;
    private readonly int[] _placed;
    private readonly bool[][] _refuted;
    private readonly bool[][] _confirmed;
    private readonly bool[] _doubted;

    /// <param name="meter">Whose.</param>
    /// <param name="samples">As they arrived.</param>
    /// <param name="first">The first interval, on the grid.</param>
    /// <param name="count">Intervals.</param>
    public MeterSeries(MeterConnection meter, IReadOnlyList<MeterSample> samples, Instant first, int count)
    {
        Meter = meter;
        First = first;
        _samples = samples;
        _placed = new int[count];
        Array.Fill(_placed, -1);
        _refuted = [new bool[count], new bool[count]];
        _confirmed = [new bool[count], new bool[count]];
        _doubted = new bool[count];
        Result = new VeeResult(meter.Meter);
    }

    public MeterConnection Meter { get; }

    public Instant First { get; }

    public VeeResult Result { get; }

    public IReadOnlyList<MeterSample> Samples => _samples;

    public int Count => _placed.Length;

    public bool Has(int interval) => _placed[interval] >= 0;

    public MeterSample Sample(int interval) => _samples[_placed[interval]];

    public void Place(int interval, int sample) => _placed[interval] = sample;

    public Instant StartOf(int interval) =>
        new(First.Micros + (interval * MeteringLimits.IntervalSeconds * Instant.MicrosPerSecond));

    /// <summary>A measured value that no rule refutes.</summary>
    public bool IsCredible(int channel, int interval) => Has(interval) && !_refuted[channel][interval];

    public bool IsDoubted(int interval) => _doubted[interval];

    public long Value(int channel, int interval)
    {
        MeterSample sample = Sample(interval);
        return channel == Consumption ? sample.Consumption.Wh : sample.Generation.Wh;
    }

    public long? Register(int channel, int interval)
    {
        MeterSample sample = Sample(interval);
        return (channel == Consumption ? sample.ConsumptionRegister : sample.GenerationRegister)?.Wh;
    }

    /// <summary>The value cannot be true: an estimate has to stand in.</summary>
    public void Refute(int channel, int interval) => _refuted[channel][interval] = true;

    /// <summary>A register counted what the intervals say.</summary>
    public void Confirm(int channel, int interval, int count) =>
        _confirmed[channel].AsSpan(interval, count).Fill(true);

    public bool IsConfirmed(int channel, int interval) => _confirmed[channel][interval];

    /// <summary>The values stand, but they are questionable.</summary>
    public void Doubt(int interval, int count = 1) => _doubted.AsSpan(interval, count).Fill(true);

    public void Report(VeeRule rule, int interval, string reason, int count = 1) => Result.Add(new VeeFinding(
        rule, Has(interval) ? Sample(interval).Line : 0, Meter.Meter, StartOf(interval), count, reason));

    public static string NameOf(int channel) => channel == Consumption ? "consumption" : "generation";
}
