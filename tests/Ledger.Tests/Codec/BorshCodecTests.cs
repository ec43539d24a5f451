using System;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace EnergyNode.Ledger.Tests.Codec;

public sealed class BorshCodecTests
{
    private const int TextLimit = 64;

    private sealed record Sample(
        byte U8, ushort U16, uint U32, ulong U64, long I64, bool Bool, byte[] Bytes, string Text,
        bool Present, int[] List);

    [Fact]
    public void Golden_bytes_of_every_kind_of_field()
    {
        BorshWriter writer = new();
        writer.Version(1);
        writer.Tag(7);
        writer.U8(0xAB);
        writer.U16(0x1234);
        writer.U32(0xDEADBEEF);
        writer.U64(0x0102030405060708);
        writer.I64(-2);
        writer.Bool(true);
        writer.Option(false);
        writer.Bytes([0xCA, 0xFE]);
        writer.Fixed([0x01, 0x02, 0x03]);
        writer.Ascii("a~ ");
        writer.Count(5);
        writer.AccountId(AccountId.Parse("alice"));

        Assert.Equal(
            "0100" + "07" + "ab" + "3412" + "efbeadde" + "0807060504030201" + "feffffffffffffff" + "01" + "00"
            + "02000000cafe" + "010203" + "03000000617e20" + "05000000" + "05000000616c696365",
            Convert.ToHexStringLower(writer.WrittenSpan));
    }

    [Fact]
    public void Hashes_keys_and_signatures_are_their_bytes_without_a_prefix()
    {
        Hash32 hash = Hash32.Of("hash"u8);
        PublicKey key = new(Hash32.Of("key"u8).ToArray());
        Signature signature = new([.. Hash32.Of("r"u8).ToArray(), .. Hash32.Of("s"u8).ToArray()]);
        BorshWriter writer = new();
        writer.Hash32(hash);
        writer.PublicKey(key);
        writer.Signature(signature);
        Assert.Equal(hash.ToString() + key + signature, Convert.ToHexStringLower(writer.WrittenSpan));

        BorshReader reader = new(writer.WrittenSpan);
        Assert.Equal(hash, reader.Hash32());
        Assert.Equal(key, reader.PublicKey());
        Assert.Equal(signature, reader.Signature());
        Assert.True(reader.End());
    }

    [Fact]
    public void What_is_written_is_read_back() =>
        Prop.ForAll(Samples(), sample => Encode(sample).AsSpan().SequenceEqual(Encode(DecodeWhole(Encode(sample)))))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Every_truncation_is_refused() =>
        Prop.ForAll(Samples(), sample =>
        {
            byte[] bytes = Encode(sample);
            for (int length = 0; length < bytes.Length; length++)
            {
                BorshReader reader = new(bytes.AsSpan(0, length));
                Decode(ref reader);
                if (reader.End() || reader.Error != CodecError.Truncated)
                {
                    return false;
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Trailing_bytes_are_refused() =>
        Prop.ForAll(Samples(), sample =>
        {
            BorshReader reader = new([.. Encode(sample), 0]);
            Decode(ref reader);
            return reader.Ok && !reader.End() && reader.Error == CodecError.TrailingBytes;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(2)]
    [InlineData(255)]
    public void A_flag_is_zero_or_one(byte value)
    {
        BorshReader boolean = new([value]);
        Assert.False(boolean.Bool());
        Assert.Equal(CodecError.InvalidBoolean, boolean.Error);

        BorshReader option = new([value]);
        Assert.False(option.Option());
        Assert.Equal(CodecError.InvalidTag, option.Error);
    }

    [Theory]
    [InlineData(3, CodecError.None)]
    [InlineData(4, CodecError.TooLong)]
    public void A_length_may_reach_its_limit_and_no_more(int length, CodecError expected)
    {
        BorshWriter writer = new();
        writer.Bytes(new byte[length]);
        BorshReader bytes = new(writer.WrittenSpan);
        bytes.Bytes(3);
        Assert.Equal(expected, bytes.Error);

        BorshReader count = new(writer.WrittenSpan);
        count.Count(3);
        Assert.Equal(expected, count.Error);

        writer.Clear();
        writer.Ascii(new string('x', length));
        BorshReader text = new(writer.WrittenSpan);
        text.Ascii(3);
        Assert.Equal(expected, text.Error);
    }

    [Fact]
    public void A_count_that_the_input_cannot_hold_is_refused_before_anything_is_allocated()
    {
        BorshReader fits = new([2, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
        Assert.Equal(2, fits.Count(1_000_000, minElementSize: 4));

        BorshReader reader = new([3, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
        Assert.Equal(0, reader.Count(1_000_000, minElementSize: 4));
        Assert.Equal(CodecError.Truncated, reader.Error);

        BorshReader huge = new([0xFF, 0xFF, 0xFF, 0xFF]);
        Assert.True(huge.Bytes(int.MaxValue).IsEmpty);
        Assert.Equal(CodecError.TooLong, huge.Error);
    }

    [Theory]
    [InlineData(-6, false)]
    [InlineData(-5, true)]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public void A_bounded_number_is_checked_on_both_sides(long value, bool accepted)
    {
        BorshWriter writer = new();
        writer.I64(value);
        BorshReader reader = new(writer.WrittenSpan);
        Assert.Equal(accepted ? value : 0, reader.I64(-5, 9));
        Assert.Equal(accepted ? CodecError.None : CodecError.OutOfRange, reader.Error);
    }

    [Theory]
    [InlineData(0, CodecError.UnknownVersion)]
    [InlineData(1, CodecError.None)]
    [InlineData(2, CodecError.None)]
    [InlineData(3, CodecError.UnknownVersion)]
    public void A_version_is_one_up_to_the_latest(ushort version, CodecError expected)
    {
        BorshWriter writer = new();
        writer.Version(version);
        BorshReader reader = new(writer.WrittenSpan);
        reader.Version(2);
        Assert.Equal(expected, reader.Error);
    }

    [Fact]
    public void A_tag_above_the_highest_is_refused()
    {
        BorshReader reader = new([4, 5]);
        Assert.Equal(4, reader.Tag(4));
        Assert.Equal(0, reader.Tag(4));
        Assert.Equal(CodecError.InvalidTag, reader.Error);
    }

    [Theory]
    [InlineData(0x1F, false)]
    [InlineData(0x20, true)]
    [InlineData(0x7E, true)]
    [InlineData(0x7F, false)]
    [InlineData(0x80, false)]
    public void Text_is_printable_ascii(byte character, bool accepted)
    {
        BorshReader reader = new([1, 0, 0, 0, character]);
        Assert.Equal(accepted ? ((char)character).ToString() : "", reader.Ascii(8));
        Assert.Equal(accepted ? CodecError.None : CodecError.InvalidText, reader.Error);
    }

    [Fact]
    public void The_first_error_stays_and_later_reads_return_defaults()
    {
        BorshReader reader = new([9, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
        reader.Bool();
        Assert.Equal(1, reader.Position);
        Assert.Equal(0u, reader.U32());
        Assert.True(reader.Fixed(2).IsEmpty);
        Assert.Equal(default, reader.Hash32());
        Assert.True(reader.AccountId().Name.IsEmpty);
        reader.Fail(CodecError.OutOfRange);
        Assert.False(reader.End());
        Assert.Equal(CodecError.InvalidBoolean, reader.Error);
        Assert.Equal(1, reader.Position);
    }

    [Fact]
    public void The_exact_bytes_of_a_field_can_be_sliced_out()
    {
        BorshReader reader = new([7, 2, 0, 0, 0, 0xAA, 0xBB, 9]);
        reader.U8();
        int start = reader.Position;
        reader.Bytes(8);
        Assert.Equal("02000000aabb", Convert.ToHexStringLower(reader.Since(start)));
        Assert.Equal(1, reader.Remaining);
    }

    [Fact]
    public void A_cleared_writer_is_reused_without_allocating()
    {
        BorshWriter writer = new(16);
        writer.Fixed(new byte[1_000]);
        AccountId account = AccountId.Parse("community.gateway-7");
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            writer.Clear();
            writer.U64(5);
            writer.AccountId(account);
            writer.Ascii("text");
            writer.Hash32(Hash32.Zero);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(8 + 4 + 19 + 4 + 4 + 32, writer.Length);
    }

    [Fact]
    public void Writing_what_the_reader_would_refuse_is_a_bug()
    {
        BorshWriter writer = new();
        Assert.Throws<ArgumentException>(() => writer.Ascii("naïve"));
        Assert.Throws<ArgumentException>(() => writer.Label(default));
        Assert.Throws<OverflowException>(() => writer.Count(-1));
        Assert.Equal(0, writer.Length);
    }

    private static Arbitrary<Sample> Samples()
    {
        Gen<byte[]> bytes = ArbMap.Default.GeneratorFor<byte[]>();
        Gen<Sample> samples =
            from blob in bytes
            from text in Gen.Choose(0x20, 0x7E).Select(c => (char)c).ArrayOf()
            from list in ArbMap.Default.GeneratorFor<int[]>()
            from number in ArbMap.Default.GeneratorFor<long>()
            from flag in ArbMap.Default.GeneratorFor<bool>()
            select unchecked(new Sample(
                (byte)number, (ushort)number, (uint)number, (ulong)number, number, flag,
                blob.AsSpan(0, Math.Min(blob.Length, TextLimit)).ToArray(),
                new string(text.AsSpan(0, Math.Min(text.Length, TextLimit))), !flag, list));
        return samples.ToArbitrary();
    }

    private static byte[] Encode(Sample sample)
    {
        BorshWriter writer = new();
        writer.U8(sample.U8);
        writer.U16(sample.U16);
        writer.U32(sample.U32);
        writer.U64(sample.U64);
        writer.I64(sample.I64);
        writer.Bool(sample.Bool);
        writer.Bytes(sample.Bytes);
        writer.Ascii(sample.Text);
        writer.Option(sample.Present);
        writer.Count(sample.List.Length);
        foreach (int item in sample.List)
        {
            writer.I64(item);
        }

        return writer.ToArray();
    }

    private static Sample Decode(ref BorshReader reader)
    {
        byte u8 = reader.U8();
        ushort u16 = reader.U16();
        uint u32 = reader.U32();
        ulong u64 = reader.U64();
        long i64 = reader.I64();
        bool boolean = reader.Bool();
        byte[] bytes = reader.Bytes(TextLimit).ToArray();
        string text = reader.Ascii(TextLimit);
        bool present = reader.Option();
        int[] list = new int[reader.Count(10_000, minElementSize: 8)];
        for (int i = 0; i < list.Length; i++)
        {
            list[i] = (int)reader.I64();
        }

        return new Sample(u8, u16, u32, u64, i64, boolean, bytes, text, present, list);
    }

    private static Sample DecodeWhole(byte[] bytes)
    {
        BorshReader reader = new(bytes);
        Sample sample = Decode(ref reader);
        Assert.True(reader.End());
        return sample;
    }
}
