using System;
using System.Collections.Generic;
using System.Text;

namespace EnergyNode.Market.Metering;

/// <summary>Collects the errors of one file.</summary>
internal sealed class ErrorList(string file)
{
    private const int ShownBytes = 32;

    private readonly List<InputError> _errors = [];

    public int Count => _errors.Count;

    public bool IsFull => _errors.Count >= MeteringLimits.MaxErrors;

    public bool Add(int line, int column, string what, string remedy)
    {
        _errors.Add(new InputError(file, line, column, what, remedy));
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
