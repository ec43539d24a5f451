using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace EnergyNode.Pbm;

internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        using var interrupt = new CancellationTokenSource();
        using PosixSignalRegistration interruptKey = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

        // Written in one go at the end: the console's own writer flushes after each call.
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        await using var output = new StreamWriter(Console.OpenStandardOutput(), utf8, bufferSize: 64 * 1024);
        PbmHost host = PbmHost.FromProcess() with { Out = output };
        return await new PbmApp(host).RunAsync(arguments, interrupt.Token).ConfigureAwait(false);

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            interrupt.Cancel();
        }
    }
}
