using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace EnergyNode.Pbm.Tests;

/// <summary>What one run of the program wrote and ended with.</summary>
internal sealed record PbmRun(int Code, string Out, string Error)
{
    public static Task<PbmRun> WithAsync(RuntimeDirectory directory, params string[] arguments) =>
        WithAsync(Host(directory), arguments);

    public static async Task<PbmRun> WithAsync(PbmHost host, params string[] arguments)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var app = new PbmApp(host with { Out = output, Error = error });
        int code = await app.RunAsync(arguments, CancellationToken.None);
        return new PbmRun(code, output.ToString(), error.ToString());
    }

    public static PbmHost Host(RuntimeDirectory directory) => new()
    {
        Out = TextWriter.Null,
        Error = TextWriter.Null,
        RuntimeDirectories = [directory.Path],
        Clock = new ManualClock(),
    };
}
