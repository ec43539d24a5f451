using System;
using System.Collections.Generic;
using System.Text;

namespace EnergyNode.Market.Metering;

/// <summary>Collects the errors of one file.</summary>
/// <param name="file">The name to show in errors.</param>
/// <param name="limit">The reading stops at so many.</param>
internal sealed class ErrorList(string file, int limit = MeteringLimits.MaxErrors)
{
    private const int ShownBytes = 32;

    private readonly List<InputError> _errors = [];

    public int Count => _errors.Count;

    public bool IsFull => _errors.Count >= limit;

    public IReadOnlyList<InputError> Errors => _errors;

    public bool Add(int line, int column, string what, string remedy, InputRule rule = InputRule.Malformed)
    {
        _errors.Add(new InputError(file, line, column, what, remedy) { Rule = rule });
        return false;
    }

    public ParseResult<T> Refuse<T>()
        where T : class => new(_errors);

    /// <summary>A field for a message: what cannot be printed becomes a question mark, what is long is cut.</summary>
    public static string Quote(ReadOnlySpan<byte> field)
    {
        StringBuilder text = new("'");
        foreach (byte value in field[..Math.Min(field.Length, ShownBytes)])
        {
            text.Append(value is >= 0x20 and < 0x7F ? (char)value : '?');
        }

        return text.Append(field.Length > ShownBytes ? "…'" : "'").ToString();
    }
}
