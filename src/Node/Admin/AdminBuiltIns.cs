using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace EnergyNode.Node.Admin;

/// <summary>The commands that need nothing but the process itself.</summary>
public static class AdminBuiltIns
{
    private static readonly IReadOnlyList<AdminColumn> Columns =
    [
        new("pid", AdminColumnKind.Number),
        new("version"),
        new("uptime", AdminColumnKind.DurationMicros),
        new("memory", AdminColumnKind.Bytes),
        new("managedMemory", AdminColumnKind.Bytes, Wide: true),
        new("threads", AdminColumnKind.Number, Wide: true),
        new("runtime"),
        new("os", Wide: true),
        new("started", AdminColumnKind.TimeMicros, Wide: true),
    ];

    /// <summary><c>system info</c>: process id, version, uptime, memory, .NET version.</summary>
    public static AdminCommand SystemInfo(TimeProvider clock)
    {
        DateTimeOffset started = clock.GetUtcNow();
        return new AdminCommand(
            "system",
            "info",
            "process id, version, uptime, memory and runtime of the node",
            [],
            (_, _) => Task.FromResult(Describe(started, clock.GetUtcNow())));
    }

    private static AdminTable Describe(DateTimeOffset started, DateTimeOffset now)
    {
        using Process process = Process.GetCurrentProcess();
        return new AdminTable(
            Columns,
            [
                [
                    (long)Environment.ProcessId,
                    Version(),
                    Micros(now - started),
                    process.WorkingSet64,
                    GC.GetTotalMemory(forceFullCollection: false),
                    (long)process.Threads.Count,
                    RuntimeInformation.FrameworkDescription,
                    RuntimeInformation.OSDescription,
                    Micros(started - DateTimeOffset.UnixEpoch),
                ],
            ]);
    }

    private static long Micros(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    private static string Version() =>
        typeof(AdminBuiltIns).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "unknown";
}
