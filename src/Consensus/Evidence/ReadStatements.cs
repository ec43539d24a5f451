using System;

namespace EnergyNode.Consensus.Evidence;

/// <summary>
/// Of each kind the statement that was read last: all who vote for one block sign the same bytes, which are read and
/// hashed once.
/// </summary>
internal sealed class ReadStatements
{
    /// <summary>Behind the version, u16.</summary>
    private const int TagPosition = sizeof(ushort);

    private readonly ReadStatement?[] _last = new ReadStatement?[Promise.HighestTag + 1];

    /// <returns>Null when the bytes are no promise.</returns>
    public ReadStatement? Of(byte[] bytes)
    {
        if (bytes.Length <= TagPosition || bytes[TagPosition] > Promise.HighestTag)
        {
            return null;
        }

        ref ReadStatement? last = ref _last[bytes[TagPosition]];
        if (last is not null && bytes.AsSpan().SequenceEqual(last.Bytes))
        {
            return last;
        }

        if (Promise.Read(bytes) is not { } promise)
        {
            return null;
        }

        last = new ReadStatement(bytes, promise);
        return last;
    }
}
