using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Xunit;

namespace EnergyNode.Ledger.Tests.Merkle;

public sealed class StateMapTests
{
    [Fact]
    public void Golden_roots()
    {
        StateMap map = new();
        Assert.Equal(new string('0', 64), map.Root().ToString());
        map.Set("a"u8, "1"u8);
        Assert.Equal("45d53a971e0d88424fd836c5a092d79af7089ef2606a10a7940954d947c27669", map.Root().ToString());
        map.Set("b"u8, "2"u8);
        Assert.Equal("9dc558ea373b60e6c1b9033fadced4db0d3a97cb34a713ab2d2809c5028037d8", map.Root().ToString());
        map.Set("ab"u8, ""u8);
        Assert.Equal("e0f50e6032c2c1a44fd0be7342cd89e4a1d2e6d7e154da4bfd6ba13b91c861e4", map.Root().ToString());
        map.Set(Enumerable.Repeat((byte)0xFF, 96).ToArray(), "end"u8);
        Assert.Equal("f1653e890032b67667145f76bad83a686925ec5cf0a0a90aac4e0d14f19369fc", map.Root().ToString());
    }

    [Fact]
    public void Root_values_count_and_order_agree_with_the_naive_map_under_random_operations()
    {
        for (ulong seed = 1; seed <= 300; seed++)
        {
            SplitMix random = new(seed);
            StateMap map = new();
            NaiveState naive = new();
            byte[][] keys = Enumerable.Range(0, 1 + random.Below(40)).Select(_ => random.Key()).ToArray();
            for (int step = 0; step < 120; step++)
            {
                Apply(random, keys, map, naive);
                if (random.Below(6) == 0)
                {
                    Agree(seed, naive, map);
                }
            }

            Agree(seed, naive, map);
        }
    }

    [Fact]
    public void The_root_does_not_depend_on_the_order_of_insertion_nor_on_what_was_removed()
    {
        for (ulong seed = 1; seed <= 200; seed++)
        {
            SplitMix random = new(seed);
            byte[][] keys = Enumerable.Range(0, 30).Select(_ => random.Key())
                .DistinctBy(Convert.ToHexString).ToArray();
            int kept = 1 + random.Below(keys.Length);
            HashSet<Hash32> roots = [];
            byte[][] order = [.. keys];
            for (int round = 0; round < 4; round++)
            {
                random.Shuffle(order);
                StateMap map = new();
                foreach (byte[] key in order.Where(key => round % 2 == 0 || IsKept(key)))
                {
                    map.Set(key, key);
                }

                foreach (byte[] key in order.Where(key => !IsKept(key)))
                {
                    Assert.Equal(round % 2 == 0, map.Remove(key));
                }

                roots.Add(map.Root());
            }

            Assert.Single(roots);
            bool IsKept(byte[] key) => Array.IndexOf(keys, key) < kept;
        }
    }

    [Fact]
    public void Forks_share_nodes_and_do_not_see_each_others_changes()
    {
        for (ulong seed = 1; seed <= 100; seed++)
        {
            SplitMix random = new(seed);
            byte[][] keys = Enumerable.Range(0, 25).Select(_ => random.Key()).ToArray();
            List<(StateMap Map, NaiveState Naive)> forks = [(new StateMap(), new NaiveState())];
            for (int step = 0; step < 200; step++)
            {
                (StateMap map, NaiveState naive) = forks[random.Below(forks.Count)];
                Apply(random, keys, map, naive);
                if (random.Below(20) == 0 && forks.Count < 6)
                {
                    NaiveState copy = new();
                    naive.Entries.ToList().ForEach(entry => copy.Entries.Add(entry.Key, entry.Value));
                    forks.Add((map.Fork(), copy));
                }
            }

            forks.ForEach(fork => Agree(seed, fork.Naive, fork.Map));
        }
    }

    [Fact]
    public void Enumeration_starts_at_the_first_key_not_less_and_stops_after_a_prefix()
    {
        for (ulong seed = 1; seed <= 200; seed++)
        {
            SplitMix random = new(seed);
            StateMap map = new();
            NaiveState naive = new();
            for (int i = random.Below(40); i > 0; i--)
            {
                Put(map, naive, random.Key(), random.Bytes(3));
            }

            for (int i = 0; i < 40; i++)
            {
                byte[] start = random.Below(8) == 0 ? random.Bytes(random.Below(120)) : random.Key();
                Assert.Equal(
                    Listing(naive.Entries.Where(entry => entry.Key.AsSpan().SequenceCompareTo(start) >= 0)),
                    Listing(map.EntriesFrom(start)));
                Assert.Equal(
                    Listing(naive.Entries.Where(entry => entry.Key.AsSpan().StartsWith(start))),
                    Listing(map.EntriesWithPrefix(start)));
            }
        }
    }

    [Fact]
    public void A_cursor_refuses_to_go_on_after_a_change()
    {
        StateMap map = Letters("abc");
        StateCursor cursor = map.Entries();
        Assert.True(cursor.MoveNext());
        map.Set("a"u8, "a"u8);
        Assert.True(cursor.MoveNext());
        map.Set("a"u8, "other"u8);
        Assert.Throws<InvalidOperationException>(() => cursor.MoveNext());
    }

    [Fact]
    public void Only_the_dirty_path_is_hashed_and_only_once()
    {
        StateMap map = Letters("abcdefghijklmnop");
        map.Root();
        Assert.Equal(16 * 2 + 15, map.HashCount);
        Assert.Equal(0, Hashes(map, () => { }));
        Assert.Equal(0, Hashes(map, () => map.Set("a"u8, "a"u8)));
        Assert.Equal(2 + map.Prove("a"u8).Steps.Length, Hashes(map, () =>
        {
            map.Set("a"u8, "1"u8);
            map.Set("a"u8, "2"u8);
        }));
    }

    [Fact]
    public void What_is_set_and_removed_between_two_roots_costs_no_hashing()
    {
        for (ulong seed = 1; seed <= 50; seed++)
        {
            SplitMix random = new(seed);
            byte[][] keys = Enumerable.Range(0, 40).Select(_ => random.Key())
                .DistinctBy(Convert.ToHexString).ToArray();
            StateMap map = new();
            foreach (byte[] key in keys[10..])
            {
                map.Set(key, key);
            }

            Hash32 root = map.Root();
            byte[][] passing = keys[..10];
            Assert.Equal(0, Hashes(map, () =>
            {
                Array.ForEach(passing, key => map.Set(key, key));
                random.Shuffle(passing);
                Array.ForEach(passing, key => Assert.True(map.Remove(key)));
            }));
            Assert.Equal(root, map.Root());
        }
    }

    [Fact]
    public void A_replaced_value_allocates_its_array_and_an_equal_one_nothing()
    {
        StateMap map = Letters("abcdefgh");
        byte[] value = new byte[40];
        Assert.Equal(100 * (24 + 40), Allocated(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                value[0]++;
                map.Set("c"u8, value);
            }
        }));
        Assert.Equal(0, Allocated(() =>
        {
            map.Set("c"u8, value);
            map.TryGet("c"u8, out _);
            map.Root();
        }));
    }

    [Fact]
    public void A_value_that_was_read_does_not_change_later()
    {
        StateMap map = Letters("a");
        Assert.True(map.TryGet("a"u8, out ReadOnlyMemory<byte> before));
        map.Set("a"u8, "b"u8);
        Assert.Equal("a", Encoding.ASCII.GetString(before.Span));
        Assert.False(map.TryGet("b"u8, out _));
        Assert.False(map.TryGet(default, out _));
    }

    [Fact]
    public void Keys_and_values_reach_their_limits_and_no_more()
    {
        StateMap map = new();
        map.Set(new byte[1], default);
        map.Set(new byte[MerkleLimits.MaxKeyLength], new byte[MerkleLimits.MaxValueLength]);
        Assert.Equal(2, map.Count);
        Assert.Throws<ArgumentException>(() => map.Set(default, default));
        Assert.Throws<ArgumentException>(() => map.Remove(default));
        Assert.Throws<ArgumentException>(() => map.Set(new byte[MerkleLimits.MaxKeyLength + 1], default));
        Assert.Throws<ArgumentException>(() => map.Set(new byte[1], new byte[MerkleLimits.MaxValueLength + 1]));
        Assert.Equal(2, map.Count);
    }

    [Fact]
    public void The_deepest_map_that_the_limits_allow_works()
    {
        StateMap map = new();
        byte[] ones = Enumerable.Repeat((byte)0xFF, MerkleLimits.MaxKeyLength).ToArray();
        map.Set(ones, ones);
        for (int length = 1; length < ones.Length; length++)
        {
            map.Set(ones.AsSpan(0, length), "prefix"u8);
        }

        for (int bit = 0; bit < 8 * ones.Length; bit++)
        {
            byte[] key = [.. ones];
            key[bit / 8] ^= (byte)(0x80 >> (bit % 8));
            map.Set(key, key);
        }

        StateProof proof = map.Prove(ones);
        Assert.Equal(MerkleLimits.MaxPathLength, proof.Steps.Length);
        Assert.Equal(StateProofResult.Present, proof.Verify(map.Root(), ones, out _));
    }

    private static void Apply(SplitMix random, byte[][] keys, StateMap map, NaiveState naive)
    {
        byte[] key = keys[random.Below(keys.Length)];
        switch (random.Below(5))
        {
            case < 3:
                Put(map, naive, key, random.Bytes(random.Below(3)));
                break;
            case 3:
                Assert.Equal(naive.Entries.Remove(key), map.Remove(key));
                break;
            default:
                Assert.Equal(naive.Entries.TryGetValue(key, out byte[]? expected), map.TryGet(key, out var actual));
                Assert.Equal(expected ?? [], actual.ToArray());
                break;
        }
    }

    private static void Put(StateMap map, NaiveState naive, byte[] key, byte[] value)
    {
        map.Set(key, value);
        naive.Entries[key] = value;
    }

    private static void Agree(ulong seed, NaiveState naive, StateMap map)
    {
        Assert.True(naive.Root() == map.Root(), $"The roots differ for seed {seed}.");
        Assert.Equal(naive.Entries.Count, map.Count);
        Assert.Equal(Listing(naive.Entries), Listing(map.Entries()));
        StateMap scratch = new();
        foreach (StateEntry entry in map.Entries())
        {
            scratch.Set(entry.Key.Span, entry.Value.Span);
        }

        Assert.Equal(scratch.Root(), map.Root());
    }

    private static string Listing(IEnumerable<KeyValuePair<byte[], byte[]>> entries) =>
        string.Join('\n', entries.Select(entry => Line(entry.Key, entry.Value)));

    private static string Listing(StateCursor cursor)
    {
        List<string> lines = [];
        foreach (StateEntry entry in cursor)
        {
            lines.Add(Line(entry.Key.Span, entry.Value.Span));
        }

        return string.Join('\n', lines);
    }

    private static string Line(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) =>
        Convert.ToHexString(key) + "=" + Convert.ToHexString(value);

    private static StateMap Letters(string letters)
    {
        StateMap map = new();
        foreach (char letter in letters)
        {
            map.Set([(byte)letter], [(byte)letter]);
        }

        return map;
    }

    private static long Hashes(StateMap map, Action change)
    {
        long before = map.HashCount;
        change();
        map.Root();
        return map.HashCount - before;
    }

    private static long Allocated(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
