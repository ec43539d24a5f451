using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace EnergyNode.Ledger.Tests.Merkle;

public sealed class StateProofTests
{
    [Fact]
    public void Golden_proofs()
    {
        StateMap map = new();
        Assert.Equal("00", Hex(map.Prove("a"u8)));
        map.Set("a"u8, "1"u8);
        map.Set("b"u8, "2"u8);
        map.Set("ab"u8, ""u8);
        Assert.Equal(
            "01020000000700adc5676111b49de8578fc331ee2f21d7cd6859e7a21abfa7f6100fc0e55a24bb09"
            + "0045d53a971e0d88424fd836c5a092d79af7089ef2606a10a7940954d947c2766900000000",
            Hex(map.Prove("ab"u8)));
        Assert.Equal(
            "02020000000700adc5676111b49de8578fc331ee2f21d7cd6859e7a21abfa7f6100fc0e55a24bb09"
            + "0045d53a971e0d88424fd836c5a092d79af7089ef2606a10a7940954d947c27669020000006162e3"
            + "b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            Hex(map.Prove("ac"u8)));
    }

    [Fact]
    public void Presence_and_absence_are_proved_for_every_key()
    {
        for (ulong seed = 1; seed <= 200; seed++)
        {
            SplitMix random = new(seed);
            (StateMap map, Dictionary<string, byte[]> expected) = RandomMap(random, random.Below(40));
            Hash32 root = map.Root();
            for (int i = 0; i < 60; i++)
            {
                byte[] key = random.Key();
                StateProof proof = Decode(Encode(map.Prove(key)));
                StateProofResult result = proof.Verify(root, key, out ReadOnlyMemory<byte> value);
                if (expected.TryGetValue(Convert.ToHexString(key), out byte[]? there))
                {
                    Assert.Equal(StateProofResult.Present, result);
                    Assert.Equal(there, value.ToArray());
                }
                else
                {
                    Assert.Equal(StateProofResult.Absent, result);
                    Assert.True(value.IsEmpty);
                }
            }
        }
    }

    [Fact]
    public void Each_single_bit_changed_in_proof_or_root_makes_it_fail()
    {
        for (ulong seed = 1; seed <= 30; seed++)
        {
            SplitMix random = new(seed);
            (StateMap map, Dictionary<string, byte[]> expected) = RandomMap(random, random.Below(25));
            Hash32 root = map.Root();
            foreach (byte[] key in (byte[][])[random.Key(), .. expected.Keys.Take(1).Select(Convert.FromHexString)])
            {
                byte[] bytes = Encode(map.Prove(key));
                foreach (byte[] mutant in Mutants(bytes))
                {
                    BorshReader reader = new(mutant);
                    StateProof proof = StateProof.Decode(ref reader);
                    Assert.True(
                        !reader.End() || proof.Verify(root, key, out _) == StateProofResult.Invalid,
                        $"Seed {seed}: {Convert.ToHexString(mutant)} passes for {Convert.ToHexString(key)}");
                }

                foreach (byte[] mutant in Mutants(root.ToArray()))
                {
                    Assert.Equal(StateProofResult.Invalid, Decode(bytes).Verify(new Hash32(mutant), key, out _));
                }
            }
        }
    }

    [Fact]
    public void A_proof_of_presence_is_of_no_other_key_and_a_proof_of_absence_of_absent_keys_only()
    {
        for (ulong seed = 1; seed <= 60; seed++)
        {
            SplitMix random = new(seed);
            (StateMap map, Dictionary<string, byte[]> expected) = RandomMap(random, 1 + random.Below(25));
            Hash32 root = map.Root();
            byte[][] keys = [random.Key(), .. expected.Keys.Select(Convert.FromHexString)];
            foreach (byte[] key in keys)
            {
                StateProof proof = map.Prove(key);
                bool isPresent = map.Contains(key);
                foreach (byte[] other in Mutants(key).Concat(keys.Where(other => !other.SequenceEqual(key))))
                {
                    StateProofResult result = proof.Verify(root, other, out _);
                    Assert.NotEqual(StateProofResult.Present, result);
                    Assert.True(result == StateProofResult.Invalid || (!isPresent && !map.Contains(other)));
                }
            }
        }
    }

    [Fact]
    public void A_proof_is_of_the_root_at_which_it_was_made_and_a_fork_keeps_that_root()
    {
        StateMap map = new();
        map.Set("a"u8, "1"u8);
        map.Set("b"u8, "2"u8);
        StateMap checkpoint = map.Fork();
        Hash32 old = map.Root();
        map.Set("a"u8, "3"u8);
        Assert.Equal(StateProofResult.Invalid, map.Prove("a"u8).Verify(old, "a"u8, out _));
        Assert.Equal(StateProofResult.Present, checkpoint.Prove("a"u8).Verify(old, "a"u8, out var value));
        Assert.Equal("1"u8.ToArray(), value.ToArray());
    }

    [Fact]
    public void The_empty_map_proves_absence_and_no_other_root_accepts_that()
    {
        StateProof proof = new StateMap().Prove("a"u8);
        Assert.Equal(StateProofResult.Absent, proof.Verify(Hash32.Zero, "a"u8, out _));
        Assert.Equal(StateProofResult.Invalid, proof.Verify(Hash32.Of(default), "a"u8, out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(97)]
    public void A_key_that_no_map_can_hold_proves_nothing(int length)
    {
        StateProof proof = new StateMap().Prove("a"u8);
        Assert.Equal(StateProofResult.Invalid, proof.Verify(Hash32.Zero, new byte[length], out _));
    }

    [Theory]
    [InlineData("03", CodecError.InvalidTag)]
    [InlineData("0000", CodecError.TrailingBytes)]
    [InlineData("0100000000", CodecError.Truncated)]
    [InlineData("01 60030000", CodecError.TooLong)]
    [InlineData("01 01000000 0000 {0} 00000000", CodecError.NotSorted)]
    [InlineData("01 01000000 5f03 {0} 00000000", CodecError.None)]
    [InlineData("01 01000000 6003 {0} 00000000", CodecError.OutOfRange)]
    [InlineData("01 02000000 0500 {0} 0500 {0} 00000000", CodecError.NotSorted)]
    [InlineData("01 02000000 0500 {0} 0600 {0} 00000000", CodecError.None)]
    [InlineData("01 00000000 01001000", CodecError.TooLong)]
    [InlineData("02 00000000 00000000 {0}", CodecError.OutOfRange)]
    [InlineData("02 00000000 01000000 61 {0}", CodecError.None)]
    [InlineData("02 00000000 61000000", CodecError.TooLong)]
    public void Forms_that_no_proof_has_are_refused(string hex, CodecError expected)
    {
        string filled = hex.Replace("{0}", new string('a', 64), StringComparison.Ordinal);
        BorshReader reader = new(Convert.FromHexString(filled.Replace(" ", "", StringComparison.Ordinal)));
        StateProof.Decode(ref reader);
        reader.End();
        Assert.Equal(expected, reader.Error);
    }

    private static (StateMap Map, Dictionary<string, byte[]> Expected) RandomMap(SplitMix random, int count)
    {
        StateMap map = new();
        Dictionary<string, byte[]> expected = [];
        for (int i = 0; i < count; i++)
        {
            byte[] key = random.Key();
            byte[] value = random.Bytes(random.Below(6));
            map.Set(key, value);
            expected[Convert.ToHexString(key)] = value;
        }

        return (map, expected);
    }

    private static IEnumerable<byte[]> Mutants(byte[] bytes)
    {
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            byte[] mutant = [.. bytes];
            mutant[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return mutant;
        }
    }

    private static string Hex(StateProof proof) => Convert.ToHexStringLower(Encode(proof));

    private static byte[] Encode(StateProof proof)
    {
        BorshWriter writer = new();
        proof.Encode(writer);
        return writer.ToArray();
    }

    private static StateProof Decode(byte[] bytes)
    {
        BorshReader reader = new(bytes);
        StateProof proof = StateProof.Decode(ref reader);
        Assert.True(reader.End());
        return proof;
    }
}
