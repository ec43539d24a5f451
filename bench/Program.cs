using BenchmarkDotNet.Running;

namespace EnergyNode.Bench;

/// <summary>Micro-benchmarks: <c>dotnet run -c Release --project bench -- --filter '*'</c>.</summary>
internal static class Program
{
    private static void Main(string[] arguments) =>
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(arguments);
}
