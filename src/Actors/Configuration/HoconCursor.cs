using System;
using System.Globalization;
using System.Text;

namespace EnergyNode.Actors.Configuration;

/// <summary>A position in a text that knows its line and column, and the lexical parts that stand at it.</summary>
internal sealed class HoconCursor(string text, HoconOrigin start)
{
    private const string ForbiddenUnquoted = "$\"{}[]:=,#`^?!@*&\\";

    private int _at;
    private int _line = start.Line;
    private int _column = start.Column;

    public bool AtEnd => _at >= text.Length;

    public char Current => AtEnd ? '\0' : text[_at];

    /// <summary>A source without lines is one place.</summary>
    public HoconOrigin Here => start.Line == 0 ? start : new HoconOrigin(start.Source, _line, _column);

    public bool AtComment => Current == '#' || StartsWith("//");

    public bool AtEndOfValue => AtEnd || Current is '\n' or ',' or '}' or ']' || AtComment;

    public bool StartsWith(string expected) => string.CompareOrdinal(text, _at, expected, 0, expected.Length) == 0;

    public HoconException Fail(string problem) => new(Here, problem);

    /// <summary>What stands here, for messages.</summary>
    public string Found()
    {
        if (AtEnd)
        {
            return "the end of the file";
        }

        return Current switch
        {
            '\n' or '\r' => "the end of the line",
            '\'' => "\"'\"",
            _ => $"'{Current}'",
        };
    }

    public void Advance(int count = 1)
    {
        for (int i = 0; i < count; i++)
        {
            bool newLine = text[_at] == '\n';
            _line += newLine ? 1 : 0;
            _column = newLine ? 1 : _column + 1;
            _at++;
        }
    }

    public void SkipSpaces()
    {
        while (!AtEnd && Current != '\n' && IsSpace(Current))
        {
            Advance();
        }
    }

    /// <summary>Skips space, comments and ends of lines.</summary>
    /// <returns>Whether a line ended.</returns>
    public bool SkipBlank()
    {
        bool lineEnded = false;
        while (true)
        {
            SkipSpaces();
            if (AtComment)
            {
                while (!AtEnd && Current != '\n')
                {
                    Advance();
                }
            }
            else if (Current == '\n')
            {
                Advance();
                lineEnded = true;
            }
            else
            {
                return lineEnded;
            }
        }
    }

    /// <summary>Plain characters of a value up to the next special one, inner and outer spaces included.</summary>
    public string ReadUnquoted()
    {
        int from = _at;
        while (!AtEndOfValue && !ForbiddenUnquoted.Contains(Current, StringComparison.Ordinal) && !StartsWith("+="))
        {
            Advance();
        }

        return _at > from
            ? text[from.._at]
            : throw Fail($"the character '{Current}' is special; put the value in quotation marks");
    }

    /// <summary>Plain characters of one element of a key.</summary>
    public string ReadKeyElement()
    {
        int from = _at;
        while (!AtEnd && !AtComment && !IsSpace(Current) && Current is not ('.' or '+')
            && !ForbiddenUnquoted.Contains(Current, StringComparison.Ordinal))
        {
            Advance();
        }

        return _at > from ? text[from.._at] : throw Fail($"a key is expected here, found {Found()}; write a name");
    }

    /// <summary>A text in one or in three quotation marks.</summary>
    public string ReadQuoted() => StartsWith("\"\"\"") ? ReadTripleQuoted() : ReadSingleQuoted();

    private string ReadTripleQuoted()
    {
        HoconOrigin opening = Here;
        Advance(3);
        int end = text.IndexOf("\"\"\"", _at, StringComparison.Ordinal);
        if (end < 0)
        {
            throw new HoconException(opening, "the text is never closed; add \"\"\" at its end");
        }

        // More than three marks at the end: all but the last three belong to the text (HOCON, "Multi-line strings").
        while (end + 3 < text.Length && text[end + 3] == '"')
        {
            end++;
        }

        string content = text[_at..end];
        Advance(content.Length + 3);
        return content;
    }

    private string ReadSingleQuoted()
    {
        HoconOrigin opening = Here;
        Advance();
        StringBuilder content = new();
        while (!AtEnd && Current is not ('"' or '\n'))
        {
            if (Current == '\\')
            {
                content.Append(ReadEscape());
            }
            else
            {
                content.Append(Current);
                Advance();
            }
        }

        if (Current != '"')
        {
            throw new HoconException(
                opening, "the text is not closed on its line; add a quotation mark, or use three of them");
        }

        Advance();
        return content.ToString();
    }

    private char ReadEscape()
    {
        HoconOrigin place = Here;
        Advance();
        char code = Current;
        if (code == 'u' && _at + 5 <= text.Length && ushort.TryParse(
            text.AsSpan(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit))
        {
            Advance(5);
            return (char)unit;
        }

        char escaped = code switch
        {
            '"' or '\\' or '/' => code,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => throw new HoconException(place, @"unknown escape; write \\ for a backslash"),
        };
        Advance();
        return escaped;
    }

    private static bool IsSpace(char c) => char.IsWhiteSpace(c) || c == '\uFEFF';
}
