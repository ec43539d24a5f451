using System.Runtime.InteropServices;

namespace EnergyNode.Node.Mining;

/// <summary>
/// Lets a thread run only when others leave the processor idle: nice 19. Linux keeps it for each thread; the runtime's
/// own thread priorities have no effect there.
/// </summary>
internal static partial class BackgroundPriority
{
    private const int PriorityOfProcess = 0;
    private const int CallingThread = 0;
    private const int Nicest = 19;

    /// <summary>For the calling thread. Where the system refuses, it runs like any other.</summary>
    public static void Take() => _ = SetPriority(PriorityOfProcess, CallingThread, Nicest);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);
}
