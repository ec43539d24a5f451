using System;
using System.Linq;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using EnergyNode.Node.Crypto;
using Xunit;

namespace EnergyNode.Node.Tests.Crypto;

public sealed class Ed25519Tests
{
    // RFC 8032 §7.1, without the 1023-byte message of TEST 1024. Each vector is seed, public key, message in two parts
    // (- for nothing) and signature in two parts.
    private const string Vectors = """
        9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60
        d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a
        -
        -
        e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155
        5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b

        4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb
        3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c
        72
        -
        92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da
        085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00

        c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7
        fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025
        af82
        -
        6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac
        18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a

        833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42
        ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf
        ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a
        2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f
        dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589
        09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704
        """;

    private static readonly byte[] Seed = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    public static TheoryData<string> Blocks() => [.. Vectors.Split("\n\n", StringSplitOptions.TrimEntries)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Signing_and_verifying_follow_RFC_8032(string block)
    {
        string[] fields = block.Split('\n', StringSplitOptions.TrimEntries);
        string messageDigits = (fields[2] + fields[3]).Replace("-", string.Empty, StringComparison.Ordinal);
        byte[] message = Convert.FromHexString(messageDigits);
        string signature = fields[4] + fields[5];
        using Ed25519Signer signer = new(Convert.FromHexString(fields[0]));

        Assert.Equal(fields[1], signer.PublicKey.ToString());
        Assert.Equal(signature, signer.Sign(message).ToString());
        Assert.True(new Ed25519Verifier().Verify(
            signer.PublicKey, message, new Signature(Convert.FromHexString(signature))));
    }

    [Fact]
    public void Every_flipped_bit_of_key_message_or_signature_is_refused()
    {
        using Ed25519Signer signer = new(Seed);
        Ed25519Verifier verifier = new();
        byte[] message = "close epoch 42"u8.ToArray();
        Signature signature = signer.Sign(message);

        foreach (byte[] changed in EveryBitFlipped(message))
        {
            Assert.False(verifier.Verify(signer.PublicKey, changed, signature));
        }

        foreach (byte[] changed in EveryBitFlipped(signature.ToArray()))
        {
            Assert.False(verifier.Verify(signer.PublicKey, message, new Signature(changed)));
        }

        foreach (byte[] changed in EveryBitFlipped(signer.PublicKey.ToArray()))
        {
            Assert.False(verifier.Verify(new PublicKey(changed), message, signature));
        }
    }

    [Fact]
    public void A_signature_with_S_plus_the_group_order_is_refused()
    {
        using Ed25519Signer signer = new(Seed);
        byte[] order = Convert.FromHexString("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        byte[] signature = signer.Sign("x"u8).ToArray();
        int carry = 0;
        for (int i = 0; i < order.Length; i++)
        {
            int sum = signature[32 + i] + order[i] + carry;
            signature[32 + i] = (byte)(sum & 0xFF);
            carry = sum >> 8;
        }

        Assert.False(new Ed25519Verifier().Verify(signer.PublicKey, "x"u8, new Signature(signature)));
    }

    [Fact]
    public void The_all_zero_key_and_signature_are_refused() =>
        Assert.False(new Ed25519Verifier().Verify(default, "x"u8, default));

    [Fact]
    public void Verification_allocates_nothing()
    {
        using Ed25519Signer signer = new(Seed);
        Ed25519Verifier verifier = new();
        byte[] message = new byte[200];
        Signature signature = signer.Sign(message);
        Assert.True(verifier.Verify(signer.PublicKey, message, signature));

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            _ = verifier.Verify(signer.PublicKey, message, signature);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Many_threads_can_share_a_signer_and_a_verifier()
    {
        using Ed25519Signer signer = new(Seed);
        Ed25519Verifier verifier = new();
        Parallel.For(0, 500, i =>
        {
            byte[] message = BitConverter.GetBytes(i);
            Assert.True(verifier.Verify(signer.PublicKey, message, signer.Sign(message)));
        });
    }

    [Fact]
    public void A_disposed_signer_signs_nothing()
    {
        Ed25519Signer signer = new(Seed);
        signer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => signer.Sign("x"u8));
    }

    [Fact]
    public void A_missing_library_is_reported_with_the_package_to_install()
    {
        MissingLibraryException error =
            Assert.Throws<MissingLibraryException>(() => Sodium.Load(["libsodium-not-there.so.99"]));
        Assert.Contains("libsodium-not-there.so.99", error.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install libsodium23", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static System.Collections.Generic.IEnumerable<byte[]> EveryBitFlipped(byte[] bytes)
    {
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            byte[] changed = [.. bytes];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return changed;
        }
    }
}
