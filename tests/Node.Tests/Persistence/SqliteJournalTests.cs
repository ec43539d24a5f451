using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;
using EnergyNode.Node.Persistence;
using Xunit;

namespace EnergyNode.Node.Tests.Persistence;

public sealed class SqliteJournalTests : IDisposable
{
    private readonly JournalFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Appended_records_come_back_in_order_also_after_reopening()
    {
        JournalRecord[] odd =
        [
            new("händel/1", 1, new Instant(-1), string.Empty, [], string.Empty),
            new("händel/1", 2, new Instant(long.MaxValue), "m\0n", [0, 255], "a;b;\u2600"),
        ];
        using (SqliteJournal journal = _fixture.Create())
        {
            _fixture.Fill(journal, "blocks", 1, 5);
            journal.Append(odd, _fixture.Recorder, 99);
            Assert.Equal(99, _fixture.Recorder.Expect<JournalAppended>().Token);
            AssertContent(journal);
        }

        using SqliteJournal reopened = _fixture.Open();
        AssertContent(reopened);
        Assert.Null(reopened.OpeningWarning);
        _fixture.Fill(reopened, "blocks", 6, 7);
        Assert.Equal([6, 7], reopened.Read("blocks", 6, 100).Select(record => record.SequenceNumber));

        void AssertContent(SqliteJournal journal)
        {
            Assert.Equal(5, journal.HighestSequenceNumber("blocks"));
            Assert.Equal(0, journal.HighestSequenceNumber("unknown"));
            Assert.Empty(journal.Read("unknown", 1, long.MaxValue));
            Assert.Equal([2, 3, 4], journal.Read("blocks", 2, 4).Select(record => record.SequenceNumber));
            Assert.Equal(
                JournalFixture.Describe(Enumerable.Range(1, 5).Select(i => JournalFixture.Record("blocks", i))),
                JournalFixture.Describe(journal.Read("blocks", 1, long.MaxValue)));
            Assert.Equal(
                JournalFixture.Describe(odd), JournalFixture.Describe(journal.Read("händel/1", long.MinValue, 9)));
        }
    }

    [Fact]
    public void Reading_from_any_record_on_ends_with_the_last_one()
    {
        using SqliteJournal journal = _fixture.Create();
        _fixture.Fill(journal, "blocks", 1, 5);
        for (long from = 1; from <= 5; from++)
        {
            Assert.Equal(5, journal.Read("blocks", from, long.MaxValue).Last().SequenceNumber);
        }
    }

    [Fact]
    public void A_clean_end_leaves_the_main_file_alone()
    {
        SqliteJournal journal = _fixture.Create();
        _fixture.Fill(journal, "blocks", 1, 3);
        journal.Dispose();
        journal.Dispose();

        Assert.Equal([_fixture.DatabasePath], Directory.GetFileSystemEntries(_fixture.DirectoryPath));
        Assert.Throws<ObjectDisposedException>(
            () => journal.Append([JournalFixture.Record("blocks", 4)], _fixture.Recorder, 1));
        Assert.Throws<ObjectDisposedException>(() => journal.Read("blocks", 1, 3).ToList());
    }

    [Fact]
    public void What_waits_at_the_end_is_still_written()
    {
        using (SqliteJournal journal = _fixture.Create())
        {
            for (int i = 1; i <= 300; i++)
            {
                journal.Append([JournalFixture.Record("blocks", i)], _fixture.Recorder, i);
            }
        }

        ExpectTokens(1, 300);
        using SqliteJournal reopened = _fixture.Open();
        Assert.Equal(300, reopened.Read("blocks", 1, 300).Count());
    }

    [Fact]
    public void A_second_opener_is_told_who_has_the_journal()
    {
        using (SqliteJournal journal = _fixture.Create())
        {
            JournalOpenException error = Assert.Throws<JournalOpenException>(() => _fixture.Open());
            Assert.Contains(
                $"{_fixture.DirectoryPath} is in use by another process (pid {Environment.ProcessId})",
                error.Message,
                StringComparison.Ordinal);
            Assert.Throws<JournalOpenException>(() => JournalVerifier.Verify(_fixture.DirectoryPath));
            _fixture.Fill(journal, "blocks", 1, 1);
        }

        _fixture.Open().Dispose();
    }

    [Fact]
    public void A_journal_of_another_chain_or_validator_is_refused_by_name()
    {
        _fixture.Create().Dispose();
        JournalIdentity own = JournalFixture.Identity;
        PublicKey otherKey = new(Enumerable.Repeat((byte)7, 32).ToArray());

        AssertRefused("\"north-solar\", not \"south\"", own with { ChainId = "south" });
        AssertRefused($"not {Hash32.Zero}", own with { GenesisHash = Hash32.Zero });
        AssertRefused($"not {otherKey}", own with { NodeKey = otherKey });
        _fixture.Open().Dispose();

        void AssertRefused(string words, JournalIdentity identity)
        {
            JournalOpenException error = Assert.Throws<JournalOpenException>(
                () => SqliteJournal.Open(_fixture.DirectoryPath, identity));
            Assert.Contains(words, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_journal_is_neither_created_twice_nor_opened_where_there_is_none()
    {
        string empty = _fixture.NewDirectory("empty");
        Assert.Throws<JournalOpenException>(() => SqliteJournal.Open(empty, JournalFixture.Identity));
        Assert.Empty(Directory.GetFileSystemEntries(empty));

        Assert.Throws<JournalOpenException>(() => SqliteJournal.Open(empty + "/none", JournalFixture.Identity));
        Assert.Throws<JournalOpenException>(() => SqliteJournal.Create("/proc/none", JournalFixture.Identity));
        _fixture.Create().Dispose();
        Assert.Contains(
            "not overwritten",
            Assert.Throws<JournalOpenException>(() => _fixture.Create()).Message,
            StringComparison.Ordinal);
        File.WriteAllBytes(_fixture.DatabasePath, []);
        Assert.Throws<JournalOpenException>(() => _fixture.Open());
        File.WriteAllText(_fixture.DatabasePath, new string('x', 9_000));
        Assert.Throws<JournalCorruptException>(() => _fixture.Open());
    }

    [Fact]
    public void Gaps_and_duplicates_are_refused_and_change_nothing()
    {
        using SqliteJournal journal = _fixture.Create();
        _fixture.Fill(journal, "blocks", 1, 2);

        AssertRefused(JournalFixture.Record("blocks", 2));
        AssertRefused(JournalFixture.Record("blocks", 4));
        AssertRefused(JournalFixture.Record("consensus", 2));
        AssertRefused(JournalFixture.Record("blocks", 3), JournalFixture.Record("blocks", 5));
        _fixture.Fill(journal, "blocks", 3, 3);
        Assert.Equal(3, journal.HighestSequenceNumber("blocks"));

        void AssertRefused(params JournalRecord[] records) =>
            Assert.Throws<InvalidOperationException>(() => journal.Append(records, _fixture.Recorder, 1));
    }

    [Fact]
    public void A_full_queue_makes_the_caller_wait_and_answers_come_in_order()
    {
        using SqliteJournal journal =
            _fixture.Create(new JournalOptions { MaxWaitingAppends = 3, MaxWaitingBytes = 100, MaxGroupBytes = 60 });
        for (int i = 1; i <= 200; i++)
        {
            journal.Append([JournalFixture.Record("blocks", i, i)], _fixture.Recorder, i);
        }

        ExpectTokens(1, 200);
        Assert.Equal(200, journal.Read("blocks", 1, 200).Count());
    }

    [Fact]
    public void Deleted_records_are_gone_and_the_chain_goes_on()
    {
        using (SqliteJournal journal = _fixture.Create())
        {
            _fixture.Fill(journal, "blocks", 1, 6);
            _fixture.Fill(journal, "consensus", 1, 3);
            journal.DeleteTo("blocks", 4);
            journal.DeleteTo("blocks", 2);
            journal.DeleteTo("consensus", 100);
            journal.DeleteTo("unknown", 5);
            _fixture.Fill(journal, "blocks", 7, 7);
            AssertContent(journal);
        }

        Assert.Empty(JournalVerifier.Verify(_fixture.DirectoryPath).Findings);
        using SqliteJournal reopened = _fixture.Open();
        AssertContent(reopened);
        _fixture.Fill(reopened, "consensus", 4, 4);
        Assert.Equal([4], reopened.Read("consensus", 1, 9).Select(record => record.SequenceNumber));

        static void AssertContent(SqliteJournal journal)
        {
            Assert.Equal([5, 6, 7], journal.Read("blocks", 1, 9).Select(record => record.SequenceNumber));
            Assert.Equal([6, 7], journal.Read("blocks", 6, 9).Select(record => record.SequenceNumber));
            Assert.Empty(journal.Read("blocks", 1, 4));
            Assert.Empty(journal.Read("consensus", 1, 9));
            Assert.Equal(3, journal.HighestSequenceNumber("consensus"));
        }
    }

    [Fact]
    public void Reading_is_lazy_and_notices_a_deletion_under_its_feet()
    {
        using SqliteJournal journal = _fixture.Create();
        _fixture.Fill(journal, "blocks", 1, 5, payloadBytes: 600_000);
        using IEnumerator<JournalRecord> reading = journal.Read("blocks", 1, 5).GetEnumerator();
        Assert.True(reading.MoveNext());
        Assert.Equal(JournalFixture.Record("blocks", 1, 600_000).Payload, reading.Current.Payload);

        journal.DeleteTo("blocks", 4);
        _fixture.Fill(journal, "blocks", 6, 6);
        Assert.True(reading.MoveNext());
        Assert.Throws<InvalidOperationException>(() => reading.MoveNext());
    }

    [Fact]
    public void A_full_disk_fails_the_append_and_everything_after_it_but_nothing_before()
    {
        long acknowledged = 0;
        using (SqliteJournal journal = _fixture.Create(new JournalOptions { MaxFileBytes = 200_000 }))
        {
            _fixture.Fill(journal, "blocks", 1, 5, 10_000);
            for (int i = 6; i <= 60; i++)
            {
                journal.Append([JournalFixture.Record("blocks", i, 10_000)], _fixture.Recorder, i);
            }

            acknowledged = CountAnswers(6, 60);
            for (int i = 1; i <= 3; i++)
            {
                journal.Append([JournalFixture.Record("consensus", i)], _fixture.Recorder, 60 + i);
                Assert.Contains("full", _fixture.Recorder.Expect<JournalFailed>().Reason, StringComparison.Ordinal);
            }

            Assert.Equal(acknowledged, journal.HighestSequenceNumber("blocks"));
        }

        using SqliteJournal reopened = _fixture.Open();
        Assert.Equal(acknowledged, reopened.Read("blocks", 1, 60).Count());
        _fixture.Fill(reopened, "blocks", acknowledged + 1, acknowledged + 1);
    }

    [Fact]
    public void Reading_a_damaged_record_names_it()
    {
        _fixture.MakeSample();
        _fixture.ExecuteSql(
            "UPDATE journal SET payload = x'00' WHERE persistence_id = 'blocks' AND sequence_number = 6");
        using SqliteJournal journal = _fixture.Open();

        Assert.Equal(2, journal.Read("blocks", 4, 5).Count());
        JournalCorruptException error =
            Assert.Throws<JournalCorruptException>(() => journal.Read("blocks", 4, 8).ToList());
        Assert.Contains("record blocks/6", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(4, journal.Read("consensus", 1, 4).Count());
    }

    [Fact]
    public void A_last_record_that_vanished_is_missed_by_readers()
    {
        _fixture.MakeSample();
        using SqliteJournal journal = _fixture.Open();
        _fixture.ExecuteSql("DELETE FROM journal WHERE persistence_id = 'blocks' AND sequence_number = 8");

        Assert.Contains(
            "record blocks/8 is missing",
            Assert.Throws<JournalCorruptException>(() => journal.Read("blocks", 4, 8).ToList()).Message,
            StringComparison.Ordinal);
    }

    private void ExpectTokens(int first, int last)
    {
        for (int i = first; i <= last; i++)
        {
            Assert.Equal(i, _fixture.Recorder.Expect<JournalAppended>().Token);
        }
    }

    /// <returns>The last token that was acknowledged before the failures began.</returns>
    private long CountAnswers(int first, int last)
    {
        long acknowledged = first - 1;
        bool failed = false;
        for (int i = first; i <= last; i++)
        {
            object answer = _fixture.Recorder.Expect();
            failed |= answer is JournalFailed;
            Assert.Equal(failed ? typeof(JournalFailed) : typeof(JournalAppended), answer.GetType());
            acknowledged = failed ? acknowledged : i;
        }

        Assert.True(failed);
        return acknowledged;
    }
}
