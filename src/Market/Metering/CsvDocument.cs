using System;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace EnergyNode.Market.Metering;

/// <summary>
/// METER-1: walks a comma-separated file held in memory: header, then rows of one shape. Lines end with LF or CR LF;
/// a byte order mark is skipped; quotes have no meaning. What breaks the shape goes to the errors.
/// </summary>
internal ref struct CsvDocument
{
    private readonly string _header;
    private readonly string _rowName;
    private readonly int _fields;
    private readonly int _maxRows;
    private readonly ErrorList _errors;
    private ReadOnlySpan<byte> _rest;
    private int _line;
    private int _rows;

    public CsvDocument(ReadOnlySpan<byte> bytes, string header, string rowName, int maxRows, ErrorList errors)
    {
        _header = header;
        _rowName = rowName;
        _fields = header.Split(',').Length;
        _maxRows = maxRows;
        _errors = errors;
        _rest = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
    }

    /// <summary>Checks size and header.</summary>
    public bool Open()
    {
        if (_rest.Length > MeteringLimits.MaxFileBytes)
        {
            return _errors.Add(
                1, 1, $"the file has more than {Text(MeteringLimits.MaxFileBytes)} bytes", "split it by time");
        }

        if (!TakeLine(out ReadOnlySpan<byte> header))
        {
            return _errors.Add(1, 1, "the file is empty", $"write '{_header}' and at least one {_rowName}");
        }

        if (!Ascii.Equals(header, _header))
        {
            return _errors.Add(1, 1, $"the header is {ErrorList.Quote(header)}", $"write '{_header}'");
        }

        return _rest.Length > 0
            || _errors.Add(2, 1, "the file ends after its header", $"add at least one {_rowName}");
    }

    /// <summary>Finds the next row of the right shape; notes and skips others.</summary>
    public bool Next(out CsvRow row)
    {
        while (!_errors.IsFull && TakeLine(out ReadOnlySpan<byte> line))
        {
            if (++_rows > _maxRows)
            {
                _errors.Add(_line, 1, $"the file has more than {Text(_maxRows)} rows", "split it", InputRule.Limit);
                break;
            }

            if (HasShape(line))
            {
                row = new CsvRow(line, _line, _errors);
                return true;
            }
        }

        row = default;
        return false;
    }

    private readonly bool HasShape(ReadOnlySpan<byte> line)
    {
        if (line.Length > MeteringLimits.MaxLineBytes)
        {
            return _errors.Add(
                _line, MeteringLimits.MaxLineBytes + 1,
                $"the line has more than {Text(MeteringLimits.MaxLineBytes)} bytes", "shorten it");
        }

        if (!Utf8.IsValid(line))
        {
            return _errors.Add(_line, ValidPrefix(line) + 1, "the text is not valid UTF-8", "save the file as UTF-8");
        }

        int fields = line.Count((byte)',') + 1;
        return fields == _fields
            || _errors.Add(
                _line, FaultyColumn(line, fields),
                $"the row has {Text(fields)} of {Text(_fields)} fields", $"write {_header}");
    }

    /// <summary>Where the first field too many begins, or where the line ends too soon.</summary>
    private readonly int FaultyColumn(ReadOnlySpan<byte> line, int fields)
    {
        if (fields < _fields)
        {
            return line.Length + 1;
        }

        int column = 0;
        for (int field = 0; field < _fields; field++)
        {
            column += line[column..].IndexOf((byte)',') + 1;
        }

        return column + 1;
    }

    private static int ValidPrefix(ReadOnlySpan<byte> line)
    {
        int at = 0;
        while (Rune.DecodeFromUtf8(line[at..], out _, out int consumed) == System.Buffers.OperationStatus.Done)
        {
            at += consumed;
        }

        return at;
    }

    private static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private bool TakeLine(out ReadOnlySpan<byte> line)
    {
        line = default;
        if (_rest.IsEmpty)
        {
            return false;
        }

        int end = _rest.IndexOf((byte)'\n');
        line = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? default : _rest[(end + 1)..];
        line = line.EndsWith("\r"u8) ? line[..^1] : line;
        _line++;
        return true;
    }
}
