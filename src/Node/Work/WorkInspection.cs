using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using EnergyNode.Node.Admin;
using EnergyNode.Node.Persistence;

namespace EnergyNode.Node.Work;

/// <summary><c>system work</c>: what the node has spent its processor time on since it started.</summary>
internal sealed class WorkInspection(WorkMeter meter, SqliteJournal journal)
{
    public const string Palette = "system";
    public const string Name = "work";

    /// <summary>What the process spent beside the kinds: network, TLS, garbage collection, compiler.</summary>
    public const string Rest = "rest";

    public const string All = "all";

    private const string Journal = "journal";
    private const long NanosPerMicro = 1_000;

    public void Register(AdminRegistry registry) => registry.Add(new AdminCommand(
        Palette,
        Name,
        "processor time of the node by what it was spent on",
        [],
        (_, _) => Task.FromResult(Show())));

    private AdminTable Show()
    {
        List<IReadOnlyList<AdminCell>> rows = [];
        long counted = 0;
        foreach (WorkKind kind in Enum.GetValues<WorkKind>())
        {
            long micros = meter.Nanoseconds(kind) / NanosPerMicro;
            rows.Add([WordOf(kind), micros, meter.Count(kind)]);
            counted += micros;
        }

        long journalMicros = journal.WriterNanoseconds / NanosPerMicro;
        rows.Add([Journal, journalMicros, AdminCell.None]);
        counted += journalMicros;

        // Read last, so that what is counted is part of it.
        long all = Environment.CpuUsage.TotalTime.Ticks / TimeSpan.TicksPerMicrosecond;
        rows.Add([Rest, Math.Max(0, all - counted), AdminCell.None]);
        rows.Add([All, all, AdminCell.None]);
        return new AdminTable(
            [
                new AdminColumn("work"),
                new AdminColumn("cpu", AdminColumnKind.DurationMicros),
                new AdminColumn("count", AdminColumnKind.Number),
            ],
            rows);
    }

    private static string WordOf(WorkKind kind) => kind switch
    {
        WorkKind.Signatures => "signatures",
        WorkKind.Consensus => "consensus",
        WorkKind.Market => "market",
        WorkKind.Mempool => "mempool",
        WorkKind.OtherActors => "other actors",
        _ => throw new InvalidOperationException($"Unknown work {kind}."),
    };
}
