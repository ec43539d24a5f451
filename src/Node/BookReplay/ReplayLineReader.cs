using System;
using System.IO;

namespace EnergyNode.Node.BookReplay;

/// <summary>
/// Cuts a stream into lines of a bounded length at line feeds. Of a line that is too long the rest is skipped, so
/// memory is bounded whatever comes. A byte order mark at the beginning is no part of the first line.
/// </summary>
internal sealed class ReplayLineReader(Stream input)
{
    private readonly byte[] _buffer = new byte[ReplayLimits.MaxLineBytes * 4];
    private int _start;
    private int _end;
    private bool _begun;

    /// <param name="line">Without its line feed; valid until the next call.</param>
    /// <param name="tooLong">The line exceeds <see cref="ReplayLimits.MaxLineBytes"/>; it was skipped.</param>
    /// <returns>False at the end.</returns>
    public bool TryRead(out ReadOnlySpan<byte> line, out bool tooLong)
    {
        tooLong = false;
        int searched = 0;
        while (true)
        {
            int feed = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                line = _buffer.AsSpan(_start, searched + feed);
                _start += searched + feed + 1;
                tooLong |= line.Length > ReplayLimits.MaxLineBytes;
                return true;
            }

            searched = _end - _start;
            if (searched > ReplayLimits.MaxLineBytes)
            {
                tooLong = true;
                _start = _end;
                searched = 0;
            }

            if (!Fill())
            {
                line = _buffer.AsSpan(_start, _end - _start);
                _start = _end;
                tooLong |= line.Length > ReplayLimits.MaxLineBytes;
                return line.Length > 0 || tooLong;
            }
        }
    }

    /// <returns>False when nothing more comes.</returns>
    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        int read = input.ReadAtLeast(_buffer.AsSpan(_end), _begun ? 1 : 3, throwOnEndOfStream: false);
        _end += read;
        if (!_begun && _buffer.AsSpan(0, _end).StartsWith("\uFEFF"u8))
        {
            _start = 3;
        }

        _begun = true;
        return read > 0;
    }
}
