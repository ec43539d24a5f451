using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>
/// Every command that differs from a given one in a single field, whatever its fields are: extreme numbers, unknown
/// and other people's names, keys that belong to others, each value of an enum. A field of a type that it does not know
/// fails the test that asks.
/// </summary>
internal static class CommandVariants
{
    private static readonly long[] Numbers =
        [long.MinValue, long.MaxValue, -1, 0, 1, 1_000_000_001, 1_000_000_000_000_000_001];

    private static readonly string[] Names =
        ["nobody", "A", "B", "S", "other", "gateway", "home-spot", "north", "f1", "pv", "second"];

    private static readonly string[] Readings =
        ["read nobody 0 1 1", "read A 0 1 1 B", "read A 1 1 1", "read A -1 1 1", "read A 0 6,001 0",
            "read A 0 0 1,000,000,000", "read second 0 1 1"];

    private static readonly string[] Corrections =
    [
        "correct nobody 0 1 1 1", "correct A 0 1 1 1 B", "correct A 1 1 1 1", "correct A -1 1 1 1",
        "correct A max 1 1 1", "correct A min 1 1 1", "correct A 0 1 6,001 0", "correct A 0 1 0 1,000,000,000",
        "correct A 0 1,000 9 9", "correct A 0 1 0 0", "correct second 0 1 0 1", "correct A 0 0 1 1",
        "correct A 0 1,001 1 1",
    ];

    /// <summary>Those that can be encoded and read back; the others are refused by their form.</summary>
    public static IEnumerable<Command> Of(Command command) =>
        Fields(command).Cast<Command>().Where(HasForm);

    private static bool HasForm(Command command)
    {
        BorshWriter writer = new();
        CommandCodec.Encode(command, writer);
        BorshReader reader = new(writer.WrittenSpan);
        CommandCodec.Decode(ref reader);
        return reader.End();
    }

    private static IEnumerable<object> Fields(object value)
    {
        PropertyInfo[] fields = [.. value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(field => field.SetMethod is not null)];
        if (fields.Length == 0 && value is not Command)
        {
            throw new NotSupportedException($"CommandVariants must be taught {value.GetType().Name}.");
        }

        foreach (PropertyInfo field in fields)
        {
            foreach (object? other in Values(field.PropertyType, field.GetValue(value)))
            {
                object copy = Copy(value);
                field.SetValue(copy, other);
                yield return copy;
            }
        }
    }

    private static object Copy(object value)
    {
        const BindingFlags own = BindingFlags.NonPublic | BindingFlags.Instance;
        return typeof(object).GetMethod("MemberwiseClone", own)!.Invoke(value, null)!;
    }

    private static IEnumerable<object?> Values(Type type, object? now)
    {
        Type? inner = Nullable.GetUnderlyingType(type);
        if (inner is not null)
        {
            return [null, .. Values(inner, now ?? Activator.CreateInstance(inner))];
        }

        if (type.IsEnum)
        {
            return Enum.GetValues(type).Cast<object?>();
        }

        if (type == typeof(Label))
        {
            return Names.Select(name => (object?)Label.Parse(name));
        }

        if (now is IList list)
        {
            return Lists(type, list);
        }

        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => [false, true],
            TypeCode.Int64 => Numbers.Cast<object?>(),
            TypeCode.Int32 => [int.MinValue, -1, 0, 1, 2, 16, 17, int.MaxValue],
            TypeCode.Byte => [(byte)0, byte.MaxValue],
            _ when type == typeof(PublicKey) =>
                [MarketFixture.Key("B"), MarketFixture.Key("unused"), default(PublicKey)],
            _ when type == typeof(Hash32) => [default(Hash32)],
            _ when now is ReadOnlyMemory<byte> bytes =>
                [ReadOnlyMemory<byte>.Empty, bytes[1..], new ReadOnlyMemory<byte>(new byte[bytes.Length])],
            _ when type == typeof(MeterReading) =>
                Readings.Select(text => (object?)((Command.SubmitReading)CommandText.Parse(text)).Reading),
            _ when type == typeof(ReadingCorrection) =>
                Corrections.Select(text => (object?)((Command.CorrectReading)CommandText.Parse(text)).Correction),
            _ => Fields(now!),
        };
    }

    private static IEnumerable<object?> Lists(Type type, IList now)
    {
        object element = now[0]!;
        foreach (int count in (int[])[0, 2, 16, 17])
        {
            Array same = Array.CreateInstance(element.GetType(), count);
            for (int i = 0; i < count; i++)
            {
                same.SetValue(element, i);
            }

            yield return type.IsInstanceOfType(same)
                ? same
                : throw new NotSupportedException($"CommandVariants must be taught {type.Name}.");
        }

        foreach (object? other in Values(element.GetType(), element))
        {
            Array one = Array.CreateInstance(element.GetType(), 1);
            one.SetValue(other, 0);
            yield return one;
        }
    }
}
