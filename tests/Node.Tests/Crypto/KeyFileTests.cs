using System;
using System.IO;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Node.Crypto;
using Xunit;

namespace EnergyNode.Node.Tests.Crypto;

public sealed class KeyFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string KeyPath => _directory.File("validator.key");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_created_key_is_loaded_again()
    {
        PublicKey created = KeyFile.Create(KeyPath);
        using Ed25519Signer signer = KeyFile.Load(KeyPath);

        Assert.Equal(created, signer.PublicKey);
        Assert.True(new Ed25519Verifier().Verify(created, "x"u8, signer.Sign("x"u8)));
    }

    [Fact]
    public void Two_created_keys_differ() =>
        Assert.NotEqual(KeyFile.Create(KeyPath), KeyFile.Create(_directory.File("other.key")));

    [Fact]
    public void The_file_has_the_documented_form()
    {
        KeyFile.Create(KeyPath, new byte[32]);
        Assert.Equal(
            """
            energynode-ed25519-seed-v1
            0000000000000000000000000000000000000000000000000000000000000000
            b4a8b0f7f4097ebf3cd3ec21017869a0a9da6d515c545cc1011f860783dfea4d

            """,
            File.ReadAllText(KeyPath));
    }

    [Fact]
    public void Only_the_owner_can_read_the_file_and_nothing_else_is_left_behind()
    {
        KeyFile.Create(KeyPath);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(KeyPath));
        Assert.Equal([KeyPath], Directory.GetFileSystemEntries(_directory.Path));
    }

    [Fact]
    public void An_existing_key_is_never_overwritten()
    {
        KeyFile.Create(KeyPath);
        byte[] before = File.ReadAllBytes(KeyPath);

        KeyFileException error = Assert.Throws<KeyFileException>(() => KeyFile.Create(KeyPath));

        Assert.Contains("not overwritten", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(KeyPath));
        Assert.Equal([KeyPath], Directory.GetFileSystemEntries(_directory.Path));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    public void A_key_that_others_can_touch_is_refused_with_the_command_that_helps(UnixFileMode extra)
    {
        KeyFile.Create(KeyPath);
        SetMode(KeyPath, SecureFile.OwnerOnly | extra);

        KeyFileException error = Assert.Throws<KeyFileException>(() => KeyFile.Load(KeyPath));

        Assert.Contains($"chmod 600 {KeyPath}", error.Message, StringComparison.Ordinal);
        SetMode(KeyPath, SecureFile.OwnerOnly);
        KeyFile.Load(KeyPath).Dispose();
    }

    [Fact]
    public void Every_flipped_bit_and_every_cut_is_found()
    {
        KeyFile.Create(KeyPath);
        byte[] good = File.ReadAllBytes(KeyPath);
        for (int bit = 0; bit < good.Length * 8; bit++)
        {
            byte[] changed = [.. good];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            AssertRefused(changed);
        }

        for (int length = 0; length < good.Length; length++)
        {
            AssertRefused(good[..length]);
        }

        AssertRefused([.. good, (byte)'\n']);
        AssertRefused(good.Select(b => (byte)char.ToUpperInvariant((char)b)).ToArray());
    }

    [Fact]
    public void A_missing_file_and_a_directory_in_its_place_are_reported()
    {
        Assert.Contains("there is no such file", LoadError(_directory.File("none")).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", LoadError(_directory.Path).Message, StringComparison.Ordinal);
        Assert.Contains(
            "cannot be written",
            Assert.Throws<KeyFileException>(() => KeyFile.Create(_directory.File("none/key"))).Message,
            StringComparison.Ordinal);
    }

    private void AssertRefused(byte[] content)
    {
        File.WriteAllBytes(KeyPath, content);
        KeyFileException error = LoadError(KeyPath);
        Assert.StartsWith(KeyPath, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static KeyFileException LoadError(string path) =>
        Assert.Throws<KeyFileException>(() => KeyFile.Load(path));

    private static UnixFileMode ModeOf(string path) =>
        OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException() : File.GetUnixFileMode(path);

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
