using System;
using System.Collections.Generic;
using System.Globalization;

namespace EnergyNode.Actors.Configuration;

/// <summary>Reads a value as one type, or throws with path, place, what is expected and what was found.</summary>
public static class HoconTyped
{
    private const string DurationExample = "a duration such as 60s or 100ms";
    private const string SizeExample = "a size such as 4MiB or 512kB";

    public static string Text(HoconValue value, string path) => Scalar(value, path, "a text").Text;

    public static bool Boolean(HoconValue value, string path) => Scalar(value, path, "true or false").Text switch
    {
        "true" or "on" or "yes" => true,
        "false" or "off" or "no" => false,
        _ => throw Mismatch(value, path, "true or false"),
    };

    public static long Integer(HoconValue value, string path, long min = long.MinValue, long max = long.MaxValue)
    {
        string expected = min == long.MinValue && max == long.MaxValue
            ? "a whole number"
            : string.Create(CultureInfo.InvariantCulture, $"a whole number from {min} to {max}");
        string text = Scalar(value, path, expected).Text;
        bool valid = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number);
        return valid && number >= min && number <= max ? number : throw Mismatch(value, path, expected);
    }

    public static decimal Number(HoconValue value, string path)
    {
        string text = Scalar(value, path, "a number").Text;
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            ? number
            : throw Mismatch(value, path, "a number");
    }

    /// <summary>A number with a unit from ns to d, exact to 100 ns. A number without a unit is refused.</summary>
    public static TimeSpan Duration(HoconValue value, string path) =>
        HoconUnits.TryParseDuration(Scalar(value, path, DurationExample).Text, out TimeSpan duration)
            ? duration
            : throw Mismatch(value, path, DurationExample);

    /// <summary>Bytes. kB, MB … are powers of 1000; KiB, MiB …, and K, M … are powers of 1024.</summary>
    public static long Size(HoconValue value, string path) =>
        HoconUnits.TryParseSize(Scalar(value, path, SizeExample).Text, out long bytes)
            ? bytes
            : throw Mismatch(value, path, SizeExample);

    public static HoconObject Object(HoconValue value, string path) =>
        value as HoconObject ?? throw Mismatch(value, path, "an object { … }");

    public static HoconArray Array(HoconValue value, string path) =>
        value as HoconArray ?? throw Mismatch(value, path, "a list [ … ]");

    public static IReadOnlyList<string> Texts(HoconValue value, string path)
    {
        HoconArray array = Array(value, path);
        string[] texts = new string[array.Items.Count];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = Text(array.Items[i], Indexed(path, i));
        }

        return texts;
    }

    public static string Indexed(string path, int index) =>
        path + "[" + index.ToString(CultureInfo.InvariantCulture) + "]";

    public static HoconException Mismatch(HoconValue value, string path, string expected) =>
        new(value.Origin, $"{path} must be {expected}, found {value.Describe()}");

    private static HoconScalar Scalar(HoconValue value, string path, string expected) =>
        value is HoconScalar { IsNull: false } scalar ? scalar : throw Mismatch(value, path, expected);
}
