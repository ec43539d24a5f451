using System;
using System.Threading.Tasks;
using EnergyNode.Node.Cli;

namespace EnergyNode.Node;

internal static class Program
{
    private static Task<int> Main(string[] arguments) => CommandRun.RunAsync(arguments, Console.Error);
}
