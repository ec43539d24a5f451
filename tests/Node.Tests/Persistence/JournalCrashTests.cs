using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using EnergyNode.Actors;
using EnergyNode.Actors.Ports;
using EnergyNode.Node.Persistence;
using SQLitePCL;
using Xunit;

namespace EnergyNode.Node.Tests.Persistence;

/// <summary>
/// Copies the files while the writer runs, as a killed process would leave them, and opens the copies. A read
/// transaction is held open during each copy: it keeps SQLite from starting the log anew, so that the two files,
/// copied one after the other, are of one moment.
/// </summary>
public sealed class JournalCrashTests : IDisposable
{
    private const int Crashes = 25;
    private const int RecordsPerAppend = 3;
    private const int Seed = 20_250_301;

    private readonly JournalFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Whatever_was_acknowledged_before_a_crash_is_there_after_it_without_a_gap()
    {
        using SqliteJournal journal = _fixture.Create();
        using Feeder feeder = new(journal);
        Random random = new(Seed);
        for (int crash = 0; crash < Crashes; crash++)
        {
            feeder.WaitUntilAcknowledged(feeder.Acknowledged + random.Next(1, 60));
            using (new ReadTransaction(_fixture.DatabasePath))
            {
                long acknowledged = feeder.Acknowledged;
                string copy = _fixture.CopyAsAfterCrash(string.Create(CultureInfo.InvariantCulture, $"crash{crash}"));
                AssertRecovers(copy, acknowledged);
            }
        }
    }

    private static void AssertRecovers(string copy, long acknowledgedAppends)
    {
        Assert.Empty(JournalVerifier.Verify(copy).Findings);
        using (SqliteJournal recovered = SqliteJournal.Open(copy, JournalFixture.Identity))
        {
            long highest = recovered.HighestSequenceNumber("blocks");
            Assert.True(highest >= acknowledgedAppends * RecordsPerAppend, $"{highest} of {acknowledgedAppends} × 3");
            Assert.Equal(0, highest % RecordsPerAppend);
            long next = highest;
            foreach (JournalRecord record in recovered.Read("blocks", Math.Max(1, highest - 200), highest).Reverse())
            {
                Assert.Equal(next--, record.SequenceNumber);
                Assert.Equal(JournalFixture.Record("blocks", record.SequenceNumber, 900).Payload, record.Payload);
            }

            RecordingRef recorder = new();
            recovered.Append([JournalFixture.Record("blocks", highest + 1)], recorder, 1);
            recorder.Expect<JournalAppended>();
        }

        Directory.Delete(copy, recursive: true);
    }

    /// <summary>Appends from its own thread, with up to 32 appends in flight, until it is disposed.</summary>
    private sealed class Feeder : IActorRef, IDisposable
    {
        private const int InFlight = 32;
        private const int DeleteEvery = 100;

        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

        private readonly SqliteJournal _journal;
        private readonly SemaphoreSlim _room = new(InFlight);
        private readonly object _gate = new();
        private readonly Thread _thread;
        private long _acknowledged;
        private volatile bool _stopping;

        public Feeder(SqliteJournal journal)
        {
            _journal = journal;
            _thread = new Thread(Feed) { IsBackground = true };
            _thread.Start();
        }

        public ActorPath Path { get; } = new("/user/feeder");

        /// <summary>How many appends were acknowledged, which come in order.</summary>
        public long Acknowledged => Volatile.Read(ref _acknowledged);

        public void Tell(object message, IActorRef? sender = null)
        {
            lock (_gate)
            {
                Assert.Equal(_acknowledged + 1, ((JournalAppended)message).Token);
                _acknowledged++;
                Monitor.PulseAll(_gate);
            }

            _room.Release();
        }

        public void WaitUntilAcknowledged(long appends)
        {
            lock (_gate)
            {
                while (_acknowledged < appends)
                {
                    Assert.True(Monitor.Wait(_gate, Patience), "no acknowledgement in time");
                }
            }
        }

        public void Dispose()
        {
            _stopping = true;
            _thread.Join();
        }

        private void Feed()
        {
            long sequenceNumber = 0;
            for (long token = 1; !_stopping; token++)
            {
                Assert.True(_room.Wait(Patience));
                JournalRecord[] records = [.. Enumerable.Range(1, RecordsPerAppend)
                    .Select(i => JournalFixture.Record("blocks", sequenceNumber + i, 900))];
                sequenceNumber += RecordsPerAppend;
                _journal.Append(records, this, token);
                if (token % DeleteEvery == 0)
                {
                    _journal.DeleteTo("blocks", sequenceNumber - 250);
                }
            }
        }
    }

    private sealed class ReadTransaction : IDisposable
    {
        private readonly sqlite3 _database;

        public ReadTransaction(string path)
        {
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open(path, out _database));
            _ = raw.sqlite3_busy_timeout(_database, 10_000);
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(_database, "BEGIN; SELECT count(*) FROM metadata"));
        }

        public void Dispose() => Assert.Equal(raw.SQLITE_OK, raw.sqlite3_close_v2(_database));
    }
}
