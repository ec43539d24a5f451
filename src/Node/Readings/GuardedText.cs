using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace EnergyNode.Node.Readings;

/// <summary>
/// The text of a file in strict UTF-8, with limits on its length and on the distance between two '&lt;': whoever parses
/// it never has to hold more than <see cref="ReadingsLimits.MaxRunChars"/> at once.
/// </summary>
internal sealed class GuardedText : TextReader
{
    private const int BufferBytes = 16_384;

    private readonly StreamReader _text;
    private int _line = 1;
    private int _column = 1;
    private int _total;
    private int _run;
    private int _doctypeMatched;
    private int _commentMatched;
    private bool _inComment;

    /// <param name="stream">Is left open.</param>
    public GuardedText(Stream stream)
    {
        UTF8Encoding strict = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);
        _text = new StreamReader(stream, strict, detectEncodingFromByteOrderMarks: false, BufferBytes, leaveOpen: true);
    }

    /// <summary>Where the document type begins, if there is one: the XML parser refuses it without a place.</summary>
    public (int Line, int Column)? Doctype { get; private set; }

    /// <exception cref="UnreadableFileException">The text is no UTF-8, or too much.</exception>
    public override int Read(char[] buffer, int index, int count)
    {
        int read;
        try
        {
            read = _text.Read(buffer, index, count);
        }
        catch (DecoderFallbackException)
        {
            throw new UnreadableFileException(
                _line, _column, "near here the text is not valid UTF-8", "save the file as UTF-8");
        }

        foreach (char letter in buffer.AsSpan(index, read))
        {
            Take(letter);
        }

        return read;
    }

    public override int Read()
    {
        char[] one = new char[1];
        return Read(one, 0, 1) == 0 ? -1 : one[0];
    }

    public override int Peek() => _text.Peek();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _text.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Take(char letter)
    {
        FindDoctype(letter);
        (_line, _column) = letter == '\n' ? (_line + 1, 1) : (_line, _column + 1);
        _run = letter == '<' ? 0 : _run + 1;
        if (++_total > ReadingsLimits.MaxChars)
        {
            throw Refuse(ReadingsLimits.MaxChars, "the file has", "split it by time");
        }

        if (_run > ReadingsLimits.MaxRunChars)
        {
            throw Refuse(ReadingsLimits.MaxRunChars, "text or tag has", "this is no file of readings");
        }
    }

    private void FindDoctype(char letter)
    {
        const string Mark = "<!DOCTYPE";
        string comment = _inComment ? "-->" : "<!--";
        _commentMatched = letter == comment[_commentMatched] ? _commentMatched + 1
            : _inComment && letter == '-' ? _commentMatched
            : letter == comment[0] ? 1 : 0;
        if (_commentMatched == comment.Length)
        {
            _inComment = !_inComment;
            _commentMatched = 0;
        }

        _doctypeMatched = _inComment ? 0
            : letter == Mark[_doctypeMatched] ? _doctypeMatched + 1
            : letter == '<' ? 1 : 0;
        if (_doctypeMatched == Mark.Length)
        {
            Doctype ??= (_line, _column - Mark.Length + 1);
            _doctypeMatched = 0;
        }
    }

    private UnreadableFileException Refuse(int limit, string what, string remedy) => new(
        _line, _column, $"{what} more than {limit.ToString("N0", CultureInfo.InvariantCulture)} characters", remedy);
}
