using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using static EnergyNode.Ledger.Tests.WireSamples;

namespace EnergyNode.Ledger.Tests.Blocks;

public sealed class BlockTests
{
    private static readonly Hash32[] Hashes = [.. Enumerable.Range(0, 5).Select(i => Hash32.Of([(byte)i]))];

    [Fact]
    public void A_block_is_read_back_the_same_and_every_truncation_is_refused()
    {
        Block block = WireSamples.Block(Hashes);
        byte[] bytes = Bytes(block.Encode);
        Block read = Read(bytes)!;
        Assert.Equal((block.Hash, block.Header), (read.Hash, read.Header));
        Assert.Equal(block.Batches, read.Batches);
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Null(Read(bytes[..length]));
        }
    }

    [Fact]
    public void Every_flipped_bit_of_a_block_is_refused_or_changes_its_hash()
    {
        Block block = WireSamples.Block(Hashes);
        byte[] bytes = Bytes(block.Encode);
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(block.Hash, Read(bytes)?.Hash);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [InlineData(Limits.MaxBatchesPerBlock, true)]
    [InlineData(Limits.MaxBatchesPerBlock + 1, false)]
    public void A_block_has_a_bound_of_batches(int count, bool good)
    {
        Hash32[] batches = [.. Enumerable.Range(0, count).Select(i => Hash32.Of(BitConverter.GetBytes(i)))];
        Assert.Equal(good, Read(Bytes(WireSamples.Block(batches).Encode)) is not null);
    }

    [Fact]
    public void A_repeated_batch_and_a_header_of_other_batches_are_refused()
    {
        Assert.Null(Read(Bytes(WireSamples.Block(Hashes[0], Hashes[0]).Encode)));
        Block block = WireSamples.Block(Hashes);
        (BlockHeader Header, IReadOnlyList<Hash32> Batches)[] bad =
        [
            (block.Header, Hashes[..4]),
            (block.Header with { BatchCount = 4 }, Hashes),
            (block.Header, [.. Hashes.Reverse()]),
        ];
        foreach ((BlockHeader header, IReadOnlyList<Hash32> batches) in bad)
        {
            Assert.Null(Read(Bytes(writer =>
            {
                header.Encode(writer);
                writer.Count(batches.Count);
                batches.ToList().ForEach(writer.Hash32);
            })));
        }
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(Limits.MaxValidators, true)]
    [InlineData(Limits.MaxValidators + 1, false)]
    public void A_validator_set_has_a_bound(int count, bool good) =>
        Assert.Equal(good, ReadSet([.. Enumerable.Range(0, count).Select(Member)]) is not null);

    [Fact]
    public void Validators_have_distinct_names_and_keys_and_positive_power()
    {
        Assert.NotNull(ReadSet(Member(0), Member(1)));
        Assert.Null(ReadSet(Member(0), Member(1) with { Name = Member(0).Name }));
        Assert.Null(ReadSet(Member(0), Member(1) with { Key = Member(0).Key }));
        Assert.Null(ReadSet(Member(0) with { Power = 0 }));
        Assert.Null(ReadSet(Member(0) with { Power = -1 }));
    }

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(4, 1, 3)]
    [InlineData(5, 1, 4)]
    [InlineData(6, 1, 4)]
    [InlineData(7, 2, 5)]
    [InlineData(100, 33, 67)]
    public void Two_quorums_share_an_honest_validator(int count, int faulty, int quorum)
    {
        ValidatorSet set = new(Enumerable.Range(0, count).Select(Member));
        Assert.Equal((faulty, quorum), (set.MaxFaulty, set.Quorum));
        Assert.True((2 * quorum) - count > faulty && quorum <= count - faulty);
    }

    private static Validator Member(int number) =>
        new(Label.Parse($"v{number}"), new PublicKey(Hash32.Of(BitConverter.GetBytes(number)).ToArray()), 1);

    private static Block? Read(byte[] bytes)
    {
        BorshReader reader = new(bytes);
        Block? block = Ledger.Block.Decode(ref reader);
        return reader.End() ? block : null;
    }

    private static ValidatorSet? ReadSet(params Validator[] validators)
    {
        BorshReader reader = new(Bytes(writer =>
        {
            writer.Count(validators.Length);
            foreach (Validator validator in validators)
            {
                writer.Label(validator.Name);
                writer.PublicKey(validator.Key);
                writer.I64(validator.Power);
            }
        }));
        return ValidatorSet.Decode(ref reader);
    }
}
