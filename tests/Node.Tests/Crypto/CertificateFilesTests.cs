using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EnergyNode.Node.Crypto;
using Xunit;

namespace EnergyNode.Node.Tests.Crypto;

public sealed class CertificateFilesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Certificate => _directory.File("node.crt");

    private string Key => _directory.File("node.pem");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_created_certificate_is_P256_self_signed_for_ten_years_and_named_after_the_node()
    {
        CertificateFiles.Create(Certificate, Key, "north, o=solar", TimeProvider.System);
        using X509Certificate2 loaded = CertificateFiles.Load(Certificate, Key);

        Assert.True(loaded.HasPrivateKey);
        Assert.Equal("north, o=solar", loaded.GetNameInfo(X509NameType.SimpleName, forIssuer: false));
        Assert.Equal(loaded.SubjectName.RawData, loaded.IssuerName.RawData);
        Assert.Equal("1.2.840.10045.4.3.2", loaded.SignatureAlgorithm.Value);
        Assert.Equal(10, loaded.NotAfter.Year - loaded.NotBefore.AddDays(1).Year);
        using ECDsa? key = loaded.GetECDsaPrivateKey();
        Assert.Equal(256, key!.KeySize);
    }

    [Fact]
    public void The_private_key_is_for_its_owner_alone()
    {
        CertificateFiles.Create(Certificate, Key, "north", TimeProvider.System);
        Assert.False(SecureFile.IsOpenToOthers(Key));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Key, SecureFile.PublicRead);
        }

        Assert.Contains($"chmod 600 {Key}", LoadError().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_certificate_replaces_the_old_one()
    {
        CertificateFiles.Create(Certificate, Key, "north", TimeProvider.System);
        string before = File.ReadAllText(Certificate);
        CertificateFiles.Create(Certificate, Key, "north", TimeProvider.System);

        Assert.NotEqual(before, File.ReadAllText(Certificate));
        CertificateFiles.Load(Certificate, Key).Dispose();
    }

    [Fact]
    public void A_key_of_another_certificate_is_refused()
    {
        CertificateFiles.Create(Certificate, Key, "north", TimeProvider.System);
        CertificateFiles.Create(_directory.File("other.crt"), Key, "south", TimeProvider.System);

        Assert.Contains($"does not belong to {Key}", LoadError().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_and_damaged_files_are_reported_by_name()
    {
        Assert.StartsWith($"{Certificate}: there is no such file", LoadError().Message, StringComparison.Ordinal);
        CertificateFiles.Create(Certificate, Key, "north", TimeProvider.System);
        string key = File.ReadAllText(Key);
        string certificate = File.ReadAllText(Certificate);

        File.WriteAllText(Key, key[..60]);
        Assert.StartsWith($"{Key}: this is no private key", LoadError().Message, StringComparison.Ordinal);
        File.WriteAllText(Key, key);
        File.WriteAllText(Certificate, "nonsense");
        Assert.StartsWith($"{Certificate}: this is no certificate", LoadError().Message, StringComparison.Ordinal);
        File.Delete(Key);
        File.WriteAllText(Certificate, certificate);
        Assert.StartsWith($"{Key}: there is no such file", LoadError().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_flipped_bit_in_the_certificate_is_found()
    {
        CertificateFiles.Create(Certificate, Key, "north", TimeProvider.System);
        byte[] good = X509Certificate2.CreateFromPem(File.ReadAllText(Certificate)).RawData;
        for (int bit = 0; bit < good.Length * 8; bit += 7)
        {
            byte[] changed = [.. good];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllText(Certificate, PemEncoding.WriteString("CERTIFICATE", changed));
            Assert.DoesNotContain('\n', LoadError().Message);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65)]
    public void A_name_that_does_not_fit_a_common_name_is_refused(int length) =>
        Assert.Throws<ArgumentException>(
            () => CertificateFiles.Create(Certificate, Key, new string('n', length), TimeProvider.System));

    private KeyFileException LoadError() =>
        Assert.Throws<KeyFileException>(() => CertificateFiles.Load(Certificate, Key));
}
