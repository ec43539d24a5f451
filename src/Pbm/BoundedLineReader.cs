using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace EnergyNode.Pbm;

/// <summary>Reads lines of a bounded length. A line is valid until the next read.</summary>
internal sealed class BoundedLineReader(Stream stream, int maxLineBytes)
{
    private byte[] buffer = new byte[Math.Min(16 * 1024, maxLineBytes + 1)];
    private int start;
    private int end;

    /// <summary>The next line without its line feed; null at the end of the stream.</summary>
    /// <exception cref="FormatException">The line is too long.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellation)
    {
        int searched = start;
        while (true)
        {
            int feed = buffer.AsSpan(searched, end - searched).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                ReadOnlyMemory<byte> line = buffer.AsMemory(start, searched + feed - start);
                start = searched + feed + 1;
                return line;
            }

            if (end - start > maxLineBytes)
            {
                throw new FormatException($"it is longer than {maxLineBytes} bytes");
            }

            if (start > 0)
            {
                buffer.AsSpan(start, end - start).CopyTo(buffer);
                end -= start;
                start = 0;
            }

            if (end == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, maxLineBytes + 1));
            }

            searched = end;
            int count = await stream.ReadAsync(buffer.AsMemory(end), cancellation).ConfigureAwait(false);
            if (count == 0)
            {
                return null;
            }

            end += count;
        }
    }
}
