using System;
using System.Collections.Generic;
using System.IO;
using EnergyNode.Actors.Ports;

namespace EnergyNode.Node.Persistence;

/// <summary>Checks a stopped node's journal from end to end without changing anything in its directory.</summary>
public sealed class JournalVerifier
{
    private const int MaxFindings = 1_000;

    private readonly string _path;
    private readonly List<JournalFinding> _findings = [];
    private bool _moreFindings;
    private string? _tornEnd;

    private JournalVerifier(string path) => _path = path;

    /// <param name="directory">The data directory of a node that is not running.</param>
    /// <param name="recordsChecked">Told now and then how many records were checked.</param>
    /// <param name="visit">Given each sound record in the order of writing, for checks of its content.</param>
    /// <exception cref="JournalOpenException">There is no journal, or a process uses it.</exception>
    public static JournalReport Verify(
        string directory, IProgress<long>? recordsChecked = null, Action<JournalRecord>? visit = null)
    {
        using DirectoryLock directoryLock = DirectoryLock.AcquireShared(directory);
        string path = SqliteJournal.PathIn(directory);
        if (!File.Exists(path))
        {
            throw new JournalOpenException($"{path}: there is no journal");
        }

        return new JournalVerifier(path).Run(recordsChecked, visit);
    }

    private JournalReport Run(IProgress<long>? recordsChecked, Action<JournalRecord>? visit)
    {
        JournalIdentity? identity = null;
        RecordWalk walk = new(_path, Add, visit);
        Guard(CheckWal);
        Guard(() =>
        {
            using SqliteDatabase database = SqliteDatabase.OpenFrozen(_path, HasWal());
            Guard(() => identity = JournalSchema.ReadIdentity(database, _path));
            Guard(() => CheckIntegrity(database));
            Guard(() => walk.Run(database, recordsChecked));
        });
        return new JournalReport(identity, walk.RecordsChecked, _findings, _moreFindings) { TornEnd = _tornEnd };
    }

    private void CheckWal()
    {
        WalInspection wal = WalInspection.Of(_path + WalInspection.Suffix);
        _tornEnd = wal.TornEnd;
        if (wal.Damage is { } what)
        {
            Add(JournalFinding.OfFile(what));
        }
    }

    private bool HasWal() =>
        new FileInfo(_path + WalInspection.Suffix) is { Exists: true, Length: > 0 };

    private void CheckIntegrity(SqliteDatabase database)
    {
        using SqliteStatement check = database.Prepare("PRAGMA integrity_check");
        while (check.Step())
        {
            if (check.Text(0) is var line && line != "ok")
            {
                Add(JournalFinding.OfFile($"{_path}: {line.ReplaceLineEndings(" ")}"));
            }
        }
    }

    /// <summary>Damage in one step must not hide what the next one finds.</summary>
    private void Guard(Action step)
    {
        try
        {
            step();
        }
        catch (Exception error) when (error is JournalCorruptException or IOException or UnauthorizedAccessException)
        {
            Add(JournalFinding.OfFile(error.Message));
        }
    }

    private void Add(JournalFinding finding)
    {
        if (_findings.Count < MaxFindings)
        {
            _findings.Add(finding);
        }
        else
        {
            _moreFindings = true;
        }
    }
}
