using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using EnergyNode.Ledger.Tests.Merkle;
using Xunit;
using static EnergyNode.Ledger.Tests.WireSamples;

namespace EnergyNode.Ledger.Tests.Batches;

/// <summary>What bytes are taken for a batch, and what is refused.</summary>
public sealed class SignedBatchTests
{
    private static readonly Signer Anybody = new("anybody");
    private static readonly Command Small = new Command.CloseEpoch(default);

    [Fact]
    public void What_was_signed_is_read_back_the_same()
    {
        SignedBatch batch = Sign([.. Commands.Select(one => Resigned(one.Command))]);

        Assert.Equal(BatchRefusal.None, Verifier().Verify(batch.Bytes, out Verified<SignedBatch> verified));

        SignedBatch read = verified.Value;
        Assert.Equal(batch.Commands, read.Commands);
        Assert.Equal(
            (batch.Chain, batch.Signer, batch.Nonce, batch.ValidUntil, batch.Flags, batch.Signature, batch.Hash),
            (read.Chain, read.Signer, read.Nonce, read.ValidUntil, read.Flags, read.Signature, read.Hash));
    }

    [Fact]
    public void Every_truncation_and_every_trailing_byte_is_refused()
    {
        byte[] bytes = Sign([.. Commands.Select(one => Resigned(one.Command))]).Bytes.ToArray();
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Equal(BatchRefusal.Malformed, Verifier().Verify(bytes[..length], out _));
        }

        Assert.Equal(BatchRefusal.Malformed, Verifier().Verify((byte[])[.. bytes, 0], out _));
    }

    [Fact]
    public void Every_flipped_bit_is_refused_and_changes_the_hash()
    {
        byte[] bytes = Sign([.. Commands.Select(one => Resigned(one.Command))]).Bytes.ToArray();
        Hash32 hash = SignedBatch.HashOf(bytes);
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(BatchRefusal.None, Verifier().Verify(bytes, out _));
            Assert.NotEqual(hash, SignedBatch.HashOf(bytes));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Random_and_mutated_bytes_never_throw()
    {
        SplitMix random = new(0xB17);
        byte[] good = Sign([.. Commands.Select(one => one.Command)]).Bytes.ToArray();
        for (int round = 0; round < 30_000; round++)
        {
            byte[] bytes = random.Below(3) == 0 ? random.Bytes(random.Below(400)) : [.. good];
            for (int change = random.Below(4); change > 0 && bytes.Length > 0; change--)
            {
                bytes[random.Below(bytes.Length)] = (byte)random.Below(256);
            }

            _ = Verifier().Verify(bytes, out _);
            BorshReader reader = new(bytes);
            _ = Ledger.Block.Decode(ref reader);
            reader = new(bytes);
            _ = ValidatorSet.Decode(ref reader);
            reader = new(bytes);
            _ = BatchReceipts.Decode(ref reader);
        }
    }

    [Fact]
    public void Refusals_come_in_the_order_of_the_checks()
    {
        ChainId other = ChainId.Parse("other");
        SignedBatch elsewhere = SignedBatch.Sign(other, 1, default, BatchFlags.None, [Small], Anybody);
        Assert.Equal(BatchRefusal.WrongChain, Verifier().Verify(elsewhere.Bytes, out _));

        byte[] bytes = Sign(Small).Bytes.ToArray();
        bytes[^1] ^= 1;
        Assert.Equal(BatchRefusal.BadSignature, Verifier().Verify(bytes, out Verified<SignedBatch> none));
        Assert.Throws<InvalidOperationException>(() => none.Value);

        MeterReading good = MeterReading.Sign(Chain, MeterId.Parse("m"), default, default, default, Anybody);
        MeterReading foreign = MeterReading.Sign(other, MeterId.Parse("m"), default, default, default, Anybody);
        Assert.Equal(BatchRefusal.None, Verify(new Command.SubmitReading(good)));
        Assert.Equal(BatchRefusal.BadReadingSignature, Verify(new Command.SubmitReading(foreign)));
        Assert.Equal(
            BatchRefusal.BadReadingSignature,
            Verify(new Command.SubmitReading(good), new Command.SubmitReading(good with { Generation = new(1) })));
    }

    [Fact]
    public void Every_field_of_a_correction_is_covered_by_the_meters_signature()
    {
        ReadingCorrection good = Correction(Chain, 1).Correction;
        Assert.Equal(BatchRefusal.None, Verify(new Command.CorrectReading(good)));
        Assert.Equal(BatchRefusal.BadReadingSignature, Verify(Correction(ChainId.Parse("elsewhere"), 1)));
        ReadingCorrection[] forged =
        [
            good with { Meter = MeterId.Parse("n") }, good with { Epoch = new EpochIndex(4) },
            good with { Version = 2 },
            good with { Consumption = new WattHours(2) }, good with { Generation = new WattHours(1) },
            good with { Key = default },
        ];
        Assert.All(forged, one => Assert.Equal(
            BatchRefusal.BadReadingSignature, Verify(new Command.CorrectReading(one))));
        Assert.Equal(BatchRefusal.None, Verify(Correction(Chain, Limits.MaxCorrectionVersion)));
        Assert.Equal(BatchRefusal.Malformed, Verify(Correction(Chain, Limits.MaxCorrectionVersion + 1)));
        Assert.Equal(BatchRefusal.Malformed, Verify(Correction(Chain, 0)));
    }

    [Fact]
    public void A_batch_has_from_one_command_to_its_limit()
    {
        Assert.Equal(BatchRefusal.Malformed, Verify());
        Assert.Equal(BatchRefusal.None, Verify([.. Enumerable.Repeat(Small, Limits.MaxCommandsPerBatch)]));
        Assert.Equal(BatchRefusal.Malformed, Verify([.. Enumerable.Repeat(Small, Limits.MaxCommandsPerBatch + 1)]));
    }

    [Fact]
    public void A_batch_has_at_most_its_limit_of_bytes()
    {
        AccountId full = Account(new string('a', Label.MaxLength));
        Command longest = new Command.SubmitReading(MeterReading.Sign(
            Chain, new MeterId(full.Name), default, default, default, Anybody));
        int each = Sign(longest, longest).Bytes.Length - Sign(longest).Bytes.Length;
        int overhead = Sign(longest).Bytes.Length - each;
        int count = ((Limits.MaxBatchBytes - overhead) / each) - 1;
        List<Command> commands = [.. Enumerable.Repeat(longest, count)];

        SignedBatch largest = FillTo(commands, Limits.MaxBatchBytes);
        Assert.Equal(BatchRefusal.None, Verifier().Verify(largest.Bytes, out _));
        SignedBatch larger = FillTo(commands, Limits.MaxBatchBytes + 1);
        Assert.Equal(BatchRefusal.Malformed, Verifier().Verify(larger.Bytes, out _));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    [InlineData(1, true)]
    [InlineData(long.MaxValue - Limits.NonceWindow, true)]
    [InlineData(long.MaxValue - Limits.NonceWindow + 1, false)]
    public void A_nonce_is_positive_and_leaves_room_for_the_window(long nonce, bool good)
    {
        SignedBatch batch = SignedBatch.Sign(Chain, nonce, default, BatchFlags.None, [Small], Anybody);
        Assert.Equal(good ? BatchRefusal.None : BatchRefusal.Malformed, Verifier().Verify(batch.Bytes, out _));
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    [InlineData(255, false)]
    public void Unknown_flags_are_refused(byte flags, bool good)
    {
        SignedBatch batch = SignedBatch.Sign(Chain, 1, default, (BatchFlags)flags, [Small], Anybody);
        Assert.Equal(good ? BatchRefusal.None : BatchRefusal.Malformed, Verifier().Verify(batch.Bytes, out _));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(Limits.MaxEnergyWh, true)]
    [InlineData(Limits.MaxEnergyWh + 1, false)]
    public void Energies_of_a_reading_have_bounds(long energy, bool good)
    {
        foreach ((long used, long made) in new[] { (energy, 0L), (0L, energy) })
        {
            MeterReading reading = MeterReading.Sign(
                Chain, MeterId.Parse("m"), default, new WattHours(used), new WattHours(made), Anybody);
            Assert.Equal(
                good ? BatchRefusal.None : BatchRefusal.Malformed, Verify(new Command.SubmitReading(reading)));
        }
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(Limits.MaxRatingW, true)]
    [InlineData(Limits.MaxRatingW + 1, false)]
    public void Ratings_have_bounds(long rating, bool good)
    {
        foreach ((long import, long export) in new[] { (rating, 1L), (1L, rating) })
        {
            Command assign = new Command.AssignMeter(
                MeterId.Parse("m"), Account("a"), Anybody.PublicKey, import, export);
            Assert.Equal(good ? BatchRefusal.None : BatchRefusal.Malformed, Verify(assign));
        }
    }

    private static BatchVerifier Verifier() => new(Chain, Anybody);

    private static BatchRefusal Verify(params Command[] commands) => Verifier().Verify(Sign(commands).Bytes, out _);

    private static SignedBatch Sign(params Command[] commands) =>
        SignedBatch.Sign(Chain, 1, default, BatchFlags.None, commands, Anybody);

    private static Command Resigned(Command command) => command switch
    {
        Command.SubmitReading => new Command.SubmitReading(MeterReading.Sign(
            Chain, MeterId.Parse("m"), default, new WattHours(1), new WattHours(2), Anybody)),
        Command.CorrectReading => Correction(Chain, 1),
        _ => command,
    };

    private static Command.CorrectReading Correction(ChainId chain, long version) => new(ReadingCorrection.Sign(
        chain, MeterId.Parse("m"), new EpochIndex(3), version, new WattHours(1), new WattHours(2), Anybody));

    private static SignedBatch FillTo(List<Command> start, int length)
    {
        List<Command> commands = [.. start];
        int missing = length - Sign([.. commands]).Bytes.Length;
        while (missing > 0)
        {
            int name = missing - 13 is >= 1 and <= 32 ? missing - 13 : Math.Min(32, missing - 13 - 14);
            commands.Add(new Command.Deposit(Account(new string('c', name)), default));
            missing -= 13 + name;
        }

        Assert.Equal(length, Sign([.. commands]).Bytes.Length);
        return Sign([.. commands]);
    }

    /// <summary>A hash of key and message in place of a signature: quick, and no bit of it is free.</summary>
    private sealed class Signer(string name) : ISigner, ISignatureVerifier
    {
        public PublicKey PublicKey { get; } = new(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(name)));

        public Signature Sign(ReadOnlySpan<byte> message) => Compute(PublicKey, message);

        public bool Verify(PublicKey key, ReadOnlySpan<byte> message, Signature signature) =>
            Compute(key, message) == signature;

        private static Signature Compute(PublicKey key, ReadOnlySpan<byte> message) =>
            new(SHA512.HashData([.. key.ToArray(), .. message]));
    }
}
