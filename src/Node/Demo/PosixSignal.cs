using System.Runtime.InteropServices;

namespace EnergyNode.Node.Demo;

/// <summary>Sends what the class library cannot: a request to stop.</summary>
internal static partial class PosixSignal
{
    private const int Sigterm = 15;

    public static void Terminate(int process) => _ = kill(process, Sigterm);

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);
}
