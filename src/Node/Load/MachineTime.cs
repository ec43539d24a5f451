using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace EnergyNode.Node.Load;

/// <summary>The processors of the whole machine since it started, in ticks of the kernel (proc_stat(5)).</summary>
/// <param name="Busy">User, nice, system and interrupts.</param>
/// <param name="All">Also idle, waiting for devices, and stolen by other guests.</param>
internal readonly record struct MachineTime(long Busy, long All)
{
    private const string File = "/proc/stat";
    private const int User = 1;
    private const int Nice = 2;
    private const int System = 3;
    private const int Interrupt = 6;
    private const int SoftInterrupt = 7;
    private const int Stolen = 8;

    /// <exception cref="IOException">The system does not say.</exception>
    public static MachineTime Read() => Parse(global::System.IO.File.ReadLines(File).First());

    /// <param name="line">The first line of the file: <c>cpu</c> and at least eight numbers.</param>
    /// <exception cref="IOException">It is not.</exception>
    internal static MachineTime Parse(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length <= Stolen || words[0] != "cpu")
        {
            throw new IOException($"{File} does not begin with the processors' times");
        }

        long[] ticks = [.. words.Skip(1).Take(Stolen).Select(word => long.Parse(word, CultureInfo.InvariantCulture))];
        long Of(int column) => ticks[column - 1];
        return new MachineTime(
            Of(User) + Of(Nice) + Of(System) + Of(Interrupt) + Of(SoftInterrupt), ticks.Sum());
    }

    /// <returns>The busy part of what passed since then, 0 to 1; 0 when nothing passed.</returns>
    public double BusySince(in MachineTime earlier) =>
        All == earlier.All ? 0 : (double)(Busy - earlier.Busy) / (All - earlier.All);
}
