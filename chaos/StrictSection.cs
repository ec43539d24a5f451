using System;
using System.Collections.Generic;
using EnergyNode.Actors.Configuration;
using EnergyNode.Ledger;

namespace EnergyNode.Chaos;

/// <summary>An object of a scenario file of which every key must be known, so that no misspelt fault goes unnoticed.
/// </summary>
internal sealed class StrictSection
{
    private readonly HoconObject _values;

    /// <exception cref="HoconException">A key is not among the known ones.</exception>
    public StrictSection(HoconObject values, string name, params string[] known)
    {
        _values = values;
        foreach (HoconField field in values.Fields)
        {
            if (Array.IndexOf(known, field.Name) < 0)
            {
                throw new HoconException(
                    field.Value.Origin,
                    $"{name} has no key '{field.Name}'; its keys are {string.Join(", ", known)}");
            }
        }
    }

    public HoconOrigin Origin => _values.Origin;

    public bool Has(string key) => _values.HasPath(key);

    public HoconValue Value(string key) => _values.Find(key)!;

    public string Text(string key, string otherwise) => Has(key) ? _values.GetString(key) : otherwise;

    public string Text(string key) => _values.GetString(key);

    public int Integer(string key, int otherwise, int min, int max) =>
        Has(key) ? (int)_values.GetLong(key, min, max) : otherwise;

    /// <summary>A whole number from 0 to 2⁶⁴ − 1.</summary>
    public ulong Seed(string key, ulong otherwise)
    {
        if (!Has(key))
        {
            return otherwise;
        }

        decimal seed = _values.GetDecimal(key);
        return seed is >= 0 and <= ulong.MaxValue && seed == decimal.Truncate(seed)
            ? (ulong)seed
            : throw HoconTyped.Mismatch(Value(key), key, "a whole number from 0 to 2^64 - 1");
    }

    public Duration Time(string key) => ToDuration(_values.GetTimeSpan(key));

    public Duration Time(string key, Duration otherwise) => Has(key) ? Time(key) : otherwise;

    /// <summary>A rate from 0 to 1, to the thousandth.</summary>
    /// <returns>Thousandths.</returns>
    public int Permille(string key, int otherwise)
    {
        if (!Has(key))
        {
            return otherwise;
        }

        decimal permille = _values.GetDecimal(key) * 1_000;
        return permille is >= 0 and <= 1_000 && permille == decimal.Truncate(permille)
            ? (int)permille
            : throw HoconTyped.Mismatch(Value(key), key, "a rate from 0 to 1 with at most three decimals");
    }

    /// <summary>Two durations, the shorter one first.</summary>
    public (Duration Min, Duration Max) Range(string key, Duration min, Duration max) =>
        Has(key) ? Range(Value(key), key) : (min, max);

    public static (Duration Min, Duration Max) Range(HoconValue value, string key)
    {
        IReadOnlyList<HoconValue> items = HoconTyped.Array(value, key).Items;
        if (items.Count == 2)
        {
            Duration first = ToDuration(HoconTyped.Duration(items[0], key));
            Duration second = ToDuration(HoconTyped.Duration(items[1], key));
            if (first.Micros <= second.Micros)
            {
                return (first, second);
            }
        }

        throw HoconTyped.Mismatch(value, key, "two durations [1ms, 5ms], the shorter one first");
    }

    public IReadOnlyList<HoconValue> Items(string key) => Has(key) ? _values.GetArray(key).Items : [];

    public StrictSection Section(string key, params string[] known) => new(_values.GetObject(key), key, known);

    private static Duration ToDuration(TimeSpan span) => new(span.Ticks / TimeSpan.TicksPerMicrosecond);
}
