using System;
using System.Globalization;
using System.Text.Json;

namespace EnergyNode.Node.Admin;

/// <summary>One value of an answer or a request: text, integer, flag, or nothing (the default).</summary>
public readonly record struct AdminCell
{
    private AdminCell(string? text, long? number, bool? flag)
    {
        Text = text;
        Number = number;
        Flag = flag;
    }

    /// <summary>No value: null in JSON, a hyphen in a table.</summary>
    public static AdminCell None => default;

    public string? Text { get; }

    public long? Number { get; }

    public bool? Flag { get; }

    public bool IsNone => Text is null && Number is null && Flag is null;

    public static implicit operator AdminCell(string? value) => new(value, null, null);

    public static implicit operator AdminCell(long value) => new(null, value, null);

    public static implicit operator AdminCell(long? value) => new(null, value, null);

    public static implicit operator AdminCell(bool value) => new(null, null, value);

    public override string ToString() =>
        Text ?? Number?.ToString(CultureInfo.InvariantCulture) ?? (Flag is { } flag ? (flag ? "true" : "false") : "");

    internal bool Fits(AdminArgumentKind kind) => kind switch
    {
        AdminArgumentKind.Text => Text is not null,
        AdminArgumentKind.Number => Number is not null,
        AdminArgumentKind.Flag => Flag is not null,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not an argument kind"),
    };

    internal void WriteTo(Utf8JsonWriter json)
    {
        if (Text is not null)
        {
            json.WriteStringValue(Text);
        }
        else if (Number is { } number)
        {
            json.WriteNumberValue(number);
        }
        else if (Flag is { } flag)
        {
            json.WriteBooleanValue(flag);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
