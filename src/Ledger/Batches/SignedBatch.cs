using System;
using System.Buffers;
using System.Collections.Generic;

namespace EnergyNode.Ledger;

/// <summary>
/// Commands of one signer under one signature. Keeps the exact bytes received: they are what the signature and the
/// hash cover, and nothing is encoded again to be checked.
/// </summary>
public sealed class SignedBatch
{
    public const ushort Version = 1;
    private const string SigningDomain = "energynode/batch/1";
    private const string HashDomain = "energynode/batch-hash/1";
    private static readonly byte[] HashPrefix = Prefix(HashDomain);

    private readonly ReadOnlyMemory<byte> _bytes;

    private SignedBatch(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    public required ChainId Chain { get; init; }

    public required PublicKey Signer { get; init; }

    /// <summary>1, 2, 3 …; each used at most once by a signer.</summary>
    public required long Nonce { get; init; }

    /// <summary>The last block time at which it may execute.</summary>
    public required Instant ValidUntil { get; init; }

    public required BatchFlags Flags { get; init; }

    public required IReadOnlyList<Command> Commands { get; init; }

    public required Signature Signature { get; init; }

    /// <summary>SHA-256 over the domain and the exact bytes, signature included.</summary>
    public required Hash32 Hash { get; init; }

    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Encodes and signs.</summary>
    public static SignedBatch Sign(
        ChainId chain,
        long nonce,
        Instant validUntil,
        BatchFlags flags,
        IReadOnlyList<Command> commands,
        ISigner signer)
    {
        BorshWriter body = new(1024);
        body.Version(Version);
        body.ChainId(chain);
        body.PublicKey(signer.PublicKey);
        body.I64(nonce);
        body.I64(validUntil.Micros);
        body.U8((byte)flags);
        body.Count(commands.Count);
        foreach (Command command in commands)
        {
            CommandCodec.Encode(command, body);
        }

        Signature signature = signer.Sign(SigningBytes(body.WrittenSpan));
        body.Signature(signature);
        byte[] bytes = body.ToArray();
        return new SignedBatch(bytes)
        {
            Chain = chain,
            Signer = signer.PublicKey,
            Nonce = nonce,
            ValidUntil = validUntil,
            Flags = flags,
            Commands = commands,
            Signature = signature,
            Hash = HashOf(bytes),
        };
    }

    public static Hash32 HashOf(ReadOnlySpan<byte> bytes)
    {
        int length = HashPrefix.Length + bytes.Length;
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        HashPrefix.CopyTo(rented, 0);
        bytes.CopyTo(rented.AsSpan(HashPrefix.Length));
        Hash32 hash = Hash32.Of(rented.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(rented);
        return hash;
    }

    /// <summary>Reads a batch and its form; signatures are the <see cref="BatchVerifier"/>'s work.</summary>
    internal static SignedBatch? Decode(ReadOnlyMemory<byte> bytes, out CodecError error)
    {
        if (bytes.Length > Limits.MaxBatchBytes)
        {
            error = CodecError.TooLong;
            return null;
        }

        BorshReader reader = new(bytes.Span);
        reader.Version(Version);
        ChainId chain = reader.ChainId();
        PublicKey signer = reader.PublicKey();
        long nonce = reader.I64(1, long.MaxValue - Limits.NonceWindow);
        Instant validUntil = new(reader.I64());
        BatchFlags flags = (BatchFlags)reader.Tag((byte)(BatchFlags.Atomic | BatchFlags.InOrder));
        int count = reader.Count(Limits.MaxCommandsPerBatch);
        if (reader.Ok && count == 0)
        {
            reader.Fail(CodecError.OutOfRange);
        }

        List<Command> commands = new(count);
        for (int i = 0; i < count && reader.Ok; i++)
        {
            commands.Add(CommandCodec.Decode(ref reader));
        }

        Signature signature = reader.Signature();
        reader.End();
        error = reader.Error;
        return !reader.Ok ? null : new SignedBatch(bytes)
        {
            Chain = chain,
            Signer = signer,
            Nonce = nonce,
            ValidUntil = validUntil,
            Flags = flags,
            Commands = commands,
            Signature = signature,
            Hash = HashOf(bytes.Span),
        };
    }

    internal bool HasGoodSignature(ISignatureVerifier verifier) =>
        verifier.Verify(Signer, SigningBytes(_bytes.Span[..^Ledger.Signature.Size]), Signature);

    private static byte[] Prefix(string domain)
    {
        BorshWriter writer = new();
        writer.Ascii(domain);
        return writer.ToArray();
    }

    private static ReadOnlySpan<byte> SigningBytes(ReadOnlySpan<byte> body)
    {
        BorshWriter writer = new(body.Length + 64);
        writer.Ascii(SigningDomain);
        writer.Fixed(body);
        return writer.WrittenSpan;
    }
}
