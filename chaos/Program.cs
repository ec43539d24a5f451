using System;

namespace EnergyNode.Chaos;

internal static class Program
{
    private static int Main(string[] arguments) => new ChaosApp(Console.Out, Console.Error).Run(arguments);
}
