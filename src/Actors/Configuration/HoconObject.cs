using System;
using System.Collections.Generic;

namespace EnergyNode.Actors.Configuration;

/// <summary>Named values in the order in which they were first written, with typed access by dotted path.</summary>
/// <remarks>
/// A getter throws <see cref="HoconException"/> with path and place when the value is absent or of another type.
/// </remarks>
public sealed class HoconObject : HoconValue
{
    private readonly Dictionary<string, HoconField> _byName = new(StringComparer.Ordinal);

    public HoconObject(IReadOnlyList<HoconField> fields, HoconOrigin origin)
        : base(origin, DepthOf(ValuesOf(fields)), CountOf(ValuesOf(fields)))
    {
        Fields = fields;
        foreach (HoconField field in fields)
        {
            _byName.Add(field.Name, field);
        }
    }

    public IReadOnlyList<HoconField> Fields { get; }

    public override string Describe() => "an object";

    public HoconField? FindField(string name) => _byName.GetValueOrDefault(name);

    /// <returns>The value at a dotted path of plain names, or null when it is absent or null.</returns>
    public HoconValue? Find(string path)
    {
        HoconObject current = this;
        string[] elements = path.Split('.');
        for (int i = 0; i < elements.Length; i++)
        {
            HoconValue? value = current.FindField(elements[i])?.Value;
            if (i == elements.Length - 1)
            {
                return value is HoconScalar { IsNull: true } ? null : value;
            }

            if (value is not HoconObject next)
            {
                return null;
            }

            current = next;
        }

        return null;
    }

    public bool HasPath(string path) => Find(path) is not null;

    public string GetString(string path) => HoconTyped.Text(Require(path), path);

    public bool GetBoolean(string path) => HoconTyped.Boolean(Require(path), path);

    public long GetLong(string path, long min = long.MinValue, long max = long.MaxValue) =>
        HoconTyped.Integer(Require(path), path, min, max);

    public decimal GetDecimal(string path) => HoconTyped.Number(Require(path), path);

    public TimeSpan GetTimeSpan(string path) => HoconTyped.Duration(Require(path), path);

    /// <returns>Bytes.</returns>
    public long GetByteSize(string path) => HoconTyped.Size(Require(path), path);

    public IReadOnlyList<string> GetStringList(string path) => HoconTyped.Texts(Require(path), path);

    public HoconObject GetObject(string path) => HoconTyped.Object(Require(path), path);

    public HoconArray GetArray(string path) => HoconTyped.Array(Require(path), path);

    private HoconValue Require(string path) =>
        Find(path) ?? throw new HoconException(Origin, $"{path} is missing; set it");

    private static IEnumerable<HoconValue> ValuesOf(IReadOnlyList<HoconField> fields)
    {
        foreach (HoconField field in fields)
        {
            yield return field.Value;
        }
    }
}
