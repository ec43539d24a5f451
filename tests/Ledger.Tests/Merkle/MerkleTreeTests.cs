using System;
using System.Linq;
using System.Security.Cryptography;
using Xunit;

namespace EnergyNode.Ledger.Tests.Merkle;

public sealed class MerkleTreeTests
{
    // The leaves and roots of the Certificate Transparency reference implementation (RFC 6962).
    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4")]
    [InlineData(6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void The_naive_tree_has_the_published_roots(int count, string root)
    {
        byte[][] data =
        [
            [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
            Enumerable.Range(0x50, 8).Select(i => (byte)i).ToArray(),
            Enumerable.Range(0x60, 16).Select(i => (byte)i).ToArray(),
        ];
        Assert.Equal(root, Convert.ToHexStringLower(NaiveRoot(data[..count])));
    }

    [Theory]
    [InlineData(1, "d9de27625445003d8a9739a851e3ff8d41c0683630b4d63a88327a6aaa37c409")]
    [InlineData(2, "604d540f09268b91672ab011394d5266ccd7d4484d0d109411a55848126a1b2c")]
    [InlineData(5, "6b313b611b40676b9e1dfd70c4503f2379f88f0f1c2740fb7e1cacc32c113465")]
    public void Golden_roots(int count, string root) =>
        Assert.Equal(root, MerkleTree.Root(Items(count)).ToString());

    [Fact]
    public void Golden_proof() => Assert.Equal(
        "02000000050000000300000036e4970e7c84e559ed7290304c3c0672289a6918e7746d48397b0e12"
        + "2db7748f604d540f09268b91672ab011394d5266ccd7d4484d0d109411a55848126a1b2c12d24297"
        + "164ffddfd8febbd02275c3c5ff24916dc71d5f3476931480854b3113",
        Convert.ToHexStringLower(Encode(MerkleTree.Prove(Items(5), 2))));

    [Fact]
    public void The_root_agrees_with_the_naive_tree_for_every_small_count()
    {
        for (int count = 0; count <= 130; count++)
        {
            Hash32[] items = Items(count);
            Assert.Equal(NaiveRoot(items.Select(item => item.ToArray()).ToArray()), MerkleTree.Root(items).ToArray());
        }
    }

    [Fact]
    public void Every_leaf_has_a_proof_that_verifies_for_its_item_alone()
    {
        for (int count = 1; count <= 40; count++)
        {
            Hash32[] items = Items(count);
            Hash32 root = MerkleTree.Root(items);
            for (int index = 0; index < count; index++)
            {
                MerkleProof proof = Decode(Encode(MerkleTree.Prove(items, index)));
                Assert.Equal((index, count), (proof.Index, proof.LeafCount));
                for (int other = 0; other < count; other++)
                {
                    Assert.Equal(other == index, proof.Verify(root, items[other]));
                }

                Assert.False(proof.Verify(MerkleTree.Root(Items(count + 1)), items[index]));
            }
        }
    }

    [Fact]
    public void Each_single_bit_changed_in_index_path_or_item_makes_a_proof_fail()
    {
        foreach (int count in (int[])[1, 2, 3, 7, 8, 13])
        {
            Hash32[] items = Items(count);
            Hash32 root = MerkleTree.Root(items);
            for (int index = 0; index < count; index++)
            {
                byte[] bytes = Encode(MerkleTree.Prove(items, index));
                for (int bit = 0; bit < bytes.Length * 8; bit++)
                {
                    byte[] mutant = [.. bytes];
                    mutant[bit / 8] ^= (byte)(1 << (bit % 8));
                    BorshReader reader = new(mutant);
                    MerkleProof proof = MerkleProof.Decode(ref reader);
                    Assert.False(reader.End() && proof.LeafCount == count && proof.Verify(root, items[index]));
                }

                byte[] item = items[index].ToArray();
                item[index] ^= 1;
                Assert.False(MerkleTree.Prove(items, index).Verify(root, new Hash32(item)));
            }
        }
    }

    [Theory]
    [InlineData("00000000 00000000 00000000", CodecError.OutOfRange)]
    [InlineData("01000000 01000000 00000000", CodecError.OutOfRange)]
    [InlineData("00000000 01000001 00000000", CodecError.OutOfRange)]
    [InlineData("00000000 00000001 00000000", CodecError.NotCanonical)]
    [InlineData("00000000 01000000 00000000", CodecError.None)]
    [InlineData("00000000 02000000 00000000", CodecError.NotCanonical)]
    [InlineData("00000000 01000000 19000000", CodecError.TooLong)]
    [InlineData("00000000 01000000 18000000", CodecError.Truncated)]
    public void Forms_that_no_proof_has_are_refused(string hex, CodecError expected)
    {
        BorshReader reader = new(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));
        MerkleProof.Decode(ref reader);
        reader.End();
        Assert.Equal(expected, reader.Error);
    }

    [Fact]
    public void A_proof_for_no_item_is_a_bug()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.Prove(Items(2), 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.Prove(Items(2), -1));
    }

    private static byte[] NaiveRoot(byte[][] data)
    {
        if (data.Length <= 1)
        {
            return data.Length == 0 ? SHA256.HashData([]) : SHA256.HashData([0, .. data[0]]);
        }

        int split = 1;
        while (split * 2 < data.Length)
        {
            split *= 2;
        }

        return SHA256.HashData([1, .. NaiveRoot(data[..split]), .. NaiveRoot(data[split..])]);
    }

    private static Hash32[] Items(int count) =>
        Enumerable.Range(0, count).Select(i => Hash32.Of([(byte)i])).ToArray();

    private static byte[] Encode(MerkleProof proof)
    {
        BorshWriter writer = new();
        proof.Encode(writer);
        return writer.ToArray();
    }

    private static MerkleProof Decode(byte[] bytes)
    {
        BorshReader reader = new(bytes);
        MerkleProof proof = MerkleProof.Decode(ref reader);
        Assert.True(reader.End());
        return proof;
    }
}
