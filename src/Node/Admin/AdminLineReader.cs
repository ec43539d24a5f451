using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace EnergyNode.Node.Admin;

/// <summary>Cuts a stream into lines of a bounded length. A line is valid until the next read.</summary>
internal sealed class AdminLineReader(Stream stream, int maxLineBytes)
{
    private const int FirstBufferBytes = 4096;
    private byte[] buffer = new byte[Math.Min(FirstBufferBytes, maxLineBytes + 1)];
    private int start;
    private int end;

    public enum Outcome
    {
        Line,
        EndOfStream,
        TooLong,
    }

    /// <summary>Reads up to the next line feed, which is not part of the line. What follows the last is no line.
    /// </summary>
    public async ValueTask<(Outcome Outcome, ReadOnlyMemory<byte> Line)> ReadAsync(CancellationToken cancellation)
    {
        int searched = start;
        while (true)
        {
            int feed = buffer.AsSpan(searched, end - searched).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                int lineStart = start;
                start = searched + feed + 1;
                return (Outcome.Line, buffer.AsMemory(lineStart, searched + feed - lineStart));
            }

            if (end - start > maxLineBytes)
            {
                return (Outcome.TooLong, default);
            }

            MakeRoom();
            searched = end;
            int count = await stream.ReadAsync(buffer.AsMemory(end), cancellation).ConfigureAwait(false);
            if (count == 0)
            {
                return (Outcome.EndOfStream, default);
            }

            end += count;
        }
    }

    private void MakeRoom()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }

        if (end == buffer.Length)
        {
            // One byte more than a line may have, for its line feed.
            Array.Resize(ref buffer, Math.Min(buffer.Length * 2, maxLineBytes + 1));
        }
    }
}
