using System;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace EnergyNode.Node.Work;

/// <summary>
/// The processor time of the calling thread: what passes while it waits or is interrupted does not count.
/// </summary>
internal static partial class ThreadTime
{
    private const int ThreadClock = 3;
    private const long NanosPerSecond = 1_000_000_000;

    /// <returns>In ns from an arbitrary zero. Where the system has no such clock, the time that passes.</returns>
    public static long Nanoseconds() =>
        OperatingSystem.IsLinux() && clock_gettime(ThreadClock, out TimeSpec time) == 0
            ? (time.Seconds * NanosPerSecond) + time.Nanoseconds
            : (long)(Stopwatch.GetTimestamp() * ((double)NanosPerSecond / Stopwatch.Frequency));

    [LibraryImport("libc")]
    private static partial int clock_gettime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        private readonly nint _seconds;
        private readonly nint _nanoseconds;

        public long Seconds => _seconds;

        public long Nanoseconds => _nanoseconds;
    }
}
