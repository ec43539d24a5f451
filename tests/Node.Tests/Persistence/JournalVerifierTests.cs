using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;
using EnergyNode.Node.Persistence;
using Xunit;

namespace EnergyNode.Node.Tests.Persistence;

public sealed class JournalVerifierTests : IDisposable
{
    // A prime, so that the flipped bits meet every position in a byte and every field of a page.
    private const int BitStride = 127;

    private readonly JournalFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_sound_journal_has_no_findings_and_is_not_touched()
    {
        _fixture.MakeSample();
        string before = JournalFixture.Fingerprint(_fixture.DirectoryPath);

        JournalReport report = JournalVerifier.Verify(_fixture.DirectoryPath);

        Assert.Empty(report.Findings);
        Assert.True(report.IsSound);
        Assert.Equal(9, report.RecordsChecked);
        Assert.Equal(JournalFixture.Identity, report.Identity);
        Assert.Equal(before, JournalFixture.Fingerprint(_fixture.DirectoryPath));
    }

    [Fact]
    public void A_missing_journal_is_no_finding_but_an_error() =>
        Assert.Throws<JournalOpenException>(() => JournalVerifier.Verify(_fixture.NewDirectory("none")));

    [Theory]
    [InlineData("created = created + 1")]
    [InlineData("manifest = 'decided-block/2'")]
    [InlineData("payload = zeroblob(24)")]
    [InlineData("payload = CAST(payload AS TEXT)")]
    [InlineData("tags = tags || ';'")]
    [InlineData("tags = CAST(tags AS BLOB)")]
    [InlineData("manifest = CAST(x'ff' AS TEXT)")]
    [InlineData("created = 1.5")]
    [InlineData("checksum = zeroblob(32)")]
    [InlineData("checksum = zeroblob(31)")]
    public void A_changed_column_is_found_in_exactly_its_record(string change)
    {
        _fixture.MakeSample();
        _fixture.ExecuteSql($"UPDATE journal SET {change} WHERE persistence_id = 'blocks' AND sequence_number = 6");

        JournalFinding finding = Assert.Single(JournalVerifier.Verify(_fixture.DirectoryPath).Findings);

        Assert.Equal(("blocks", 6L), (finding.PersistenceId, finding.SequenceNumber));
        Assert.DoesNotContain('\n', finding.ToString());
    }

    [Theory]
    [InlineData("UPDATE journal SET ordering = 100 WHERE persistence_id = 'blocks' AND sequence_number = 8")]
    [InlineData("UPDATE journal SET persistence_id = 'blocky' WHERE persistence_id = 'blocks' AND sequence_number = 6")]
    [InlineData("UPDATE journal SET sequence_number = 16 WHERE persistence_id = 'blocks' AND sequence_number = 6")]
    [InlineData("DELETE FROM journal WHERE persistence_id = 'blocks' AND sequence_number = 6")]
    [InlineData("DELETE FROM journal WHERE persistence_id = 'blocks' AND sequence_number = 4")]
    [InlineData("DELETE FROM journal WHERE persistence_id = 'blocks' AND sequence_number = 8")]
    [InlineData("DELETE FROM journal WHERE persistence_id = 'consensus'")]
    [InlineData("DELETE FROM journal")]
    [InlineData("DELETE FROM metadata WHERE key = 'deleted:blocks'")]
    [InlineData("DELETE FROM metadata WHERE key = 'chain-id'")]
    [InlineData("DELETE FROM metadata")]
    [InlineData("UPDATE metadata SET value = 'south' WHERE key = 'chain-id'")]
    [InlineData("UPDATE metadata SET value = replace(value, '3 ', '2 ') WHERE key = 'deleted:blocks'")]
    [InlineData("UPDATE sqlite_sequence SET seq = seq + 1")]
    [InlineData("DROP TABLE metadata")]
    [InlineData("ALTER TABLE journal ADD COLUMN extra TEXT")]
    [InlineData("CREATE TRIGGER t AFTER INSERT ON journal BEGIN DELETE FROM journal; END")]
    public void Moved_missing_and_foreign_things_are_found(string change)
    {
        _fixture.MakeSample();
        _fixture.ExecuteSql(change);
        Assert.NotEmpty(JournalVerifier.Verify(_fixture.DirectoryPath).Findings);
    }

    [Fact]
    public void Two_records_with_swapped_payloads_are_both_found()
    {
        _fixture.MakeSample();
        _fixture.ExecuteSql(
            "CREATE TEMP TABLE old AS SELECT * FROM journal; "
            + "UPDATE journal SET payload = (SELECT payload FROM old WHERE old.persistence_id = 'blocks' "
            + "AND old.sequence_number = 11 - journal.sequence_number) "
            + "WHERE persistence_id = 'blocks' AND sequence_number IN (5, 6)");

        Assert.Equal(
            [5L, 6L],
            JournalVerifier.Verify(_fixture.DirectoryPath).Findings.Select(finding => finding.SequenceNumber));
    }

    [Fact]
    public void No_flipped_bit_anywhere_in_the_file_changes_a_record_unnoticed()
    {
        _fixture.MakeSample();
        byte[] good = File.ReadAllBytes(_fixture.DatabasePath);
        string content = ReadAll();

        int found = 0;
        for (long bit = 0; bit < good.Length * 8L; bit += BitStride)
        {
            Flip(bit);
            if (JournalVerifier.Verify(_fixture.DirectoryPath).IsSound)
            {
                Assert.Equal(content, ReadAll());
                File.WriteAllBytes(_fixture.DatabasePath, good);
                continue;
            }

            Flip(bit);
            found++;
        }

        Assert.True(found > 100, $"{found} flipped bits were found");
    }

    [Fact]
    public void Every_flipped_bit_in_the_columns_of_a_record_is_found()
    {
        _fixture.MakeSample();
        byte[] file = File.ReadAllBytes(_fixture.DatabasePath);
        int payload = file.AsSpan().IndexOf(JournalFixture.Record("blocks", 6).Payload);
        int manifest = payload - "decided-block/1".Length;
        Assert.Equal("decided-block/1", Encoding.ASCII.GetString(file, manifest, payload - manifest));

        // The columns lie side by side: persistence id, sequence number (1 byte), created (8), manifest, payload, tags
        // (empty in this record), checksum (32).
        int first = manifest - 8 - 1 - "blocks".Length;
        int end = payload + 24 + 32;
        for (long bit = first * 8L; bit < end * 8L; bit++)
        {
            Assert.False(IsSoundWithFlippedBit(bit), $"bit {bit - (first * 8L)} of the record");
        }
    }

    [Fact]
    public void The_checksum_is_the_one_in_the_specification()
    {
        using RecordChecksum checksum = new();
        JournalRecord first = new(
            "blocks", 1, new Instant(1_700_000_000_000_000), "decided-block/1", [1, 2, 3], "epoch;final");
        JournalRecord second = new(
            "blocks", 2, new Instant(1_700_000_000_000_001), "decided-block/1", [], string.Empty);

        Hash32 one = checksum.Of(Hash32.Zero, 1, first);
        Hash32 two = checksum.Of(one, 2, second);

        string specification = File.ReadAllText(RepositoryFile("docs/spec/journal.md"));
        Assert.Contains($"`{one}`", specification, StringComparison.Ordinal);
        Assert.Contains($"`{two}`", specification, StringComparison.Ordinal);
    }

    private bool IsSoundWithFlippedBit(long bit)
    {
        Flip(bit);
        try
        {
            return JournalVerifier.Verify(_fixture.DirectoryPath).IsSound;
        }
        finally
        {
            Flip(bit);
        }
    }

    private void Flip(long bit)
    {
        using FileStream file = new(_fixture.DatabasePath, FileMode.Open, FileAccess.ReadWrite);
        file.Position = bit / 8;
        int value = file.ReadByte();
        file.Position = bit / 8;
        file.WriteByte((byte)(value ^ (1 << (int)(bit % 8))));
    }

    private string ReadAll()
    {
        using SqliteJournal journal = _fixture.Open();
        IEnumerable<JournalRecord> records = journal.Read("blocks", 1, 99).Concat(journal.Read("consensus", 1, 99));
        return JournalFixture.Describe(records);
    }

    private static string RepositoryFile(string path)
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "EnergyNode.sln")))
        {
            directory = directory.Parent;
        }

        return Path.Combine(directory!.FullName, path);
    }
}
