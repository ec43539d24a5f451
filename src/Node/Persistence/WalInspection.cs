using System;
using System.Buffers.Binary;
using System.Globalization;
using System.IO;
using System.Numerics;

namespace EnergyNode.Node.Persistence;

/// <summary>
/// What SQLite's write-ahead log looks like from outside (sqlite.org/walformat.html, "WAL File Format"). SQLite reads
/// frames up to the first whose checksum is wrong and silently ignores the rest. That is right for a transaction
/// that a power failure tore, and wrong for a damaged disk, so the two are told apart here: the last transaction alone
/// may be torn, because each one is synced before the next begins, and a tear is more than one flipped bit.
/// </summary>
/// <param name="Damage">Why durable transactions are lost (one line), or null.</param>
/// <param name="TornEnd">Why the last transaction, never acknowledged, is ignored (one line), or null.</param>
internal sealed record WalInspection(string? Damage, string? TornEnd)
{
    public const string Suffix = "-wal";

    private const int HeaderSize = 32;
    private const int FrameHeaderSize = 24;
    private const int ChecksummedHeaderBytes = 8;
    private const uint MagicLittleEndian = 0x377f0682;
    private const uint MagicBigEndian = 0x377f0683;
    private const uint FormatVersion = 3_007_000;
    private const int MinPageSize = 512;
    private const int MaxPageSize = 65_536;

    /// <summary>The random half of an older frame's salt agrees in 28 of 32 bits with probability 10⁻⁵.</summary>
    private const int MaxSaltBitsWrong = 4;

    private static readonly WalInspection Sound = new(null, null);

    /// <summary>Reads a log, which may be missing.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static WalInspection Of(string path)
    {
        if (!File.Exists(path))
        {
            return Sound;
        }

        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> header = stackalloc byte[HeaderSize];
        if (file.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize)
        {
            return Sound;
        }

        return TryReadHeader(header, out Walk walk)
            ? WalkFrames(file, path, walk)
            : new WalInspection($"{path}: the header is damaged, so that SQLite would ignore all it holds", null);
    }

    private static bool TryReadHeader(ReadOnlySpan<byte> header, out Walk walk)
    {
        uint magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        int pageSize = BinaryPrimitives.ReadInt32BigEndian(header[8..]);
        Checksum checksum = Checksum.Zero.Add(header[..(HeaderSize - 8)], magic == MagicBigEndian);
        ulong salt = BinaryPrimitives.ReadUInt64BigEndian(header[16..]);
        walk = new Walk(pageSize, salt, magic == MagicBigEndian, checksum);
        return magic is MagicLittleEndian or MagicBigEndian
            && BinaryPrimitives.ReadUInt32BigEndian(header[4..]) == FormatVersion
            && pageSize is >= MinPageSize and <= MaxPageSize
            && BitOperations.IsPow2(pageSize)
            && checksum == Checksum.Read(header[24..]);
    }

    private static WalInspection WalkFrames(FileStream file, string path, Walk walk)
    {
        byte[] frame = new byte[FrameHeaderSize + walk.PageSize];
        Checksum checksum = walk.HeaderChecksum;
        long index = 0;
        long firstBad = -1;
        bool isOneBit = false;
        bool isBadOfThisLog = false;
        bool sawCommitAfterBad = false;
        bool isFollowedByTransaction = false;
        for (; file.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length; index++)
        {
            ulong salt = BinaryPrimitives.ReadUInt64BigEndian(frame.AsSpan(8));
            int saltBitsWrong = BitOperations.PopCount(salt ^ walk.Salt);
            bool isOfThisLog = saltBitsWrong <= MaxSaltBitsWrong;
            if (firstBad < 0)
            {
                Checksum next = Next(checksum, frame, walk);
                if (saltBitsWrong == 0 && next == Checksum.Read(frame.AsSpan(16)))
                {
                    checksum = next;
                    continue;
                }

                firstBad = index;
                isOneBit = isOfThisLog && IsOneBitAway(checksum, frame, walk, saltBitsWrong);
            }

            isBadOfThisLog |= isOfThisLog;
            isFollowedByTransaction |= isOfThisLog && sawCommitAfterBad;
            sawCommitAfterBad |= isOfThisLog && BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(4)) != 0;
        }

        if (!isBadOfThisLog)
        {
            return Sound;
        }

        string where = string.Create(CultureInfo.InvariantCulture, $"{path}: frame {firstBad + 1} of {index}");
        return isOneBit || isFollowedByTransaction
            ? new WalInspection($"{where} is damaged, so that SQLite would ignore it and all that follows", null)
            : new WalInspection(null, $"{where} is incomplete: a power failure tore the last transaction, or damage");
    }

    private static Checksum Next(Checksum before, ReadOnlySpan<byte> frame, Walk walk) =>
        before.Add(frame[..ChecksummedHeaderBytes], walk.IsBigEndian).Add(frame[FrameHeaderSize..], walk.IsBigEndian);

    /// <summary>Whether flipping one bit back makes the frame valid.</summary>
    private static bool IsOneBitAway(Checksum before, byte[] frame, Walk walk, int saltBitsWrong)
    {
        Checksum stored = Checksum.Read(frame.AsSpan(16));
        int bitsWrong = saltBitsWrong + Next(before, frame, walk).BitsDifferentFrom(stored);
        if (bitsWrong <= 1)
        {
            return true;
        }

        for (int i = 0; i < frame.Length; i++)
        {
            if (i is >= ChecksummedHeaderBytes and < FrameHeaderSize)
            {
                continue;
            }

            for (int mask = 1; mask < 256; mask <<= 1)
            {
                frame[i] ^= (byte)mask;
                bool isValid = Next(before, frame, walk) == stored;
                frame[i] ^= (byte)mask;
                if (isValid)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private readonly record struct Walk(int PageSize, ulong Salt, bool IsBigEndian, Checksum HeaderChecksum);

    /// <summary>The log's running checksum: two sums over 32-bit words, each fed into the other.</summary>
    private readonly record struct Checksum(uint First, uint Second)
    {
        public static Checksum Zero => default;

        public static Checksum Read(ReadOnlySpan<byte> bytes) => new(
            BinaryPrimitives.ReadUInt32BigEndian(bytes), BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]));

        public Checksum Add(ReadOnlySpan<byte> bytes, bool isBigEndian)
        {
            uint first = First;
            uint second = Second;
            for (int i = 0; i + 8 <= bytes.Length; i += 8)
            {
                uint left = isBigEndian
                    ? BinaryPrimitives.ReadUInt32BigEndian(bytes[i..])
                    : BinaryPrimitives.ReadUInt32LittleEndian(bytes[i..]);
                uint right = isBigEndian
                    ? BinaryPrimitives.ReadUInt32BigEndian(bytes[(i + 4)..])
                    : BinaryPrimitives.ReadUInt32LittleEndian(bytes[(i + 4)..]);
                first = unchecked(first + left + second);
                second = unchecked(second + right + first);
            }

            return new Checksum(first, second);
        }

        public int BitsDifferentFrom(Checksum other) =>
            BitOperations.PopCount(First ^ other.First) + BitOperations.PopCount(Second ^ other.Second);
    }
}
