using System;
using System.IO;
using System.Linq;
using EnergyNode.Actors.Ports;
using EnergyNode.Node.Persistence;
using Xunit;

namespace EnergyNode.Node.Tests.Persistence;

public sealed class WriteAheadLogTests : IDisposable
{
    private const int HeaderSize = 32;
    private const int FrameSize = 24 + 4096;

    // Prime, and odd against the size of a frame, so that every frame is hit in different places.
    private const int BitStride = 20_011;

    private readonly JournalFixture _fixture = new();
    private readonly string _crashed;
    private readonly string _log;

    public WriteAheadLogTests()
    {
        using SqliteJournal journal = _fixture.Create();
        _fixture.Fill(journal, "blocks", 1, 12);
        _crashed = _fixture.CopyAsAfterCrash("crashed");
        _log = Path.Combine(_crashed, "journal.db-wal");
    }

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_journal_with_a_log_verifies_and_is_not_touched()
    {
        string before = JournalFixture.Fingerprint(_crashed);

        JournalReport report = JournalVerifier.Verify(_crashed);

        Assert.Empty(report.Findings);
        Assert.Equal(12, report.RecordsChecked);
        Assert.Equal(before, JournalFixture.Fingerprint(_crashed));
    }

    [Fact]
    public void Every_flipped_bit_in_the_log_is_damage_and_keeps_the_journal_shut()
    {
        byte[] good = File.ReadAllBytes(_log);
        for (long bit = 3; bit < good.Length * 8L; bit += bit < HeaderSize * 8 ? 5 : BitStride)
        {
            byte[] changed = [.. good];
            changed[bit / 8] ^= (byte)(1 << (int)(bit % 8));
            File.WriteAllBytes(_log, changed);

            JournalReport report = JournalVerifier.Verify(_crashed);
            Assert.Contains(report.Findings, finding => finding.What.Contains("damaged", StringComparison.Ordinal));
            Assert.Throws<JournalCorruptException>(() => SqliteJournal.Open(_crashed, JournalFixture.Identity));
        }
    }

    [Fact]
    public void A_flipped_bit_in_the_last_frame_is_damage_not_a_torn_end()
    {
        byte[] log = File.ReadAllBytes(_log);
        foreach (int offset in new[] { 0, 4, 9, 15, 16, 23, 24, 3000 })
        {
            byte[] changed = [.. log];
            changed[log.Length - FrameSize + offset] ^= 0x10;
            File.WriteAllBytes(_log, changed);
            Assert.NotNull(WalInspection.Of(_log).Damage);
        }
    }

    [Fact]
    public void A_torn_last_transaction_opens_with_a_warning_and_without_it()
    {
        byte[] log = File.ReadAllBytes(_log);
        log.AsSpan(log.Length - 2000).Fill(0xAA);
        File.WriteAllBytes(_log, log);

        JournalReport report = JournalVerifier.Verify(_crashed);
        Assert.True(report.IsSound);
        Assert.Contains("incomplete", report.TornEnd, StringComparison.Ordinal);
        using SqliteJournal journal = SqliteJournal.Open(_crashed, JournalFixture.Identity);
        Assert.Contains("incomplete", journal.OpeningWarning, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(1, 11).Select(i => (long)i), Numbers(journal));
        _fixture.Fill(journal, "blocks", 12, 14);
        Assert.Equal(14, Numbers(journal).Length);
    }

    [Fact]
    public void A_tear_with_another_transaction_behind_it_is_damage()
    {
        byte[] log = File.ReadAllBytes(_log);
        int frames = (log.Length - HeaderSize) / FrameSize;
        log.AsSpan(HeaderSize + ((frames / 2) * FrameSize) + 100, 2000).Fill(0xAA);
        File.WriteAllBytes(_log, log);

        JournalCorruptException error =
            Assert.Throws<JournalCorruptException>(() => SqliteJournal.Open(_crashed, JournalFixture.Identity));
        Assert.Contains($"frame {(frames / 2) + 1} of {frames} is damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_that_was_cut_anywhere_opens_at_the_last_whole_transaction()
    {
        byte[] log = File.ReadAllBytes(_log);
        int records = 0;
        for (int cut = 0; cut < 60; cut++)
        {
            string copy = _fixture.NewDirectory($"cut{cut}");
            File.Copy(Path.Combine(_crashed, "journal.db"), Path.Combine(copy, "journal.db"));
            int length = (int)(log.Length * (cut + 1L) / 60);
            File.WriteAllBytes(Path.Combine(copy, "journal.db-wal"), log[..length]);
            if (length < log.Length / 2)
            {
                // The tables themselves may still be in the part that is cut off: refused, never a crash.
                Exception? error = Record.Exception(() => OpenAndCount(copy));
                Assert.True(error is null or JournalOpenException or JournalCorruptException, error?.ToString());
                continue;
            }

            int count = OpenAndCount(copy);
            Assert.InRange(count, records, 12);
            records = count;
        }

        Assert.Equal(12, records);
    }

    private static int OpenAndCount(string directory)
    {
        using SqliteJournal journal = SqliteJournal.Open(directory, JournalFixture.Identity);
        long[] numbers = Numbers(journal);
        Assert.Equal(Enumerable.Range(1, numbers.Length).Select(i => (long)i), numbers);
        return numbers.Length;
    }

    private static long[] Numbers(SqliteJournal journal) =>
        [.. journal.Read("blocks", 1, 99).Select(record => record.SequenceNumber)];
}
