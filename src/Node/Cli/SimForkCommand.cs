using System;
using System.CommandLine;
using EnergyNode.Ledger;
using EnergyNode.Simulation;
using Command = System.CommandLine.Command;

namespace EnergyNode.Node.Cli;

/// <summary><c>energynode sim fork</c>: forks made on purpose, and who is named for them.</summary>
internal static class SimForkCommand
{
    private static readonly ForkOptions Defaults = new() { Seed = 1 };

    public static Command Build()
    {
        Option<string> seeds = new("--seeds")
        {
            Description = "first and last, such as 1..200",
            DefaultValueFactory = _ => "1..20",
        };
        Option<string> protocol = ConsensusChoice.Create("--protocol");
        Option<int> validators = new("--validators")
        {
            Description = $"4, 7, 10 … {Limits.MaxValidators}",
            DefaultValueFactory = _ => Defaults.Validators,
        };
        Option<int?> liars = new("--liars")
        {
            Description = "how many make the fork: more than a third (f + 1), at most 2f; default: the seed says",
        };
        Option<bool> json = new("--json") { Description = "print one JSON object" };
        Command command = new(
            "fork",
            "Lets more than a third fork the chain of whole simulated nodes, and asks each honest one's journal, with\n"
            + "one certificate of the other chain, who did it.\n"
            + "Exit code 0 all explained, 1 not explained or an honest one named, 2 wrong usage, 3 no fork.\n\n"
            + "Example: energynode sim fork --seeds 1..100 --validators 7\n"
            + "         energynode sim fork --protocol pos --liars 2 --json")
        {
            seeds, protocol, validators, liars, json,
        };
        command.SetAction(parsed =>
        {
            (ulong first, ulong last) = SimCommand.ReadRange(parsed.GetValue(seeds)!);
            ForkOptions options = new()
            {
                Seed = first,
                Protocol = ConsensusChoice.Read(parsed, protocol),
                Validators = parsed.GetValue(validators),
                Liars = parsed.GetValue(liars),
            };
            return options.Problem() is { } problem
                ? throw new CommandFailedException(ExitCodes.Usage, problem)
                : ForkCommand.Sweep(options, first, last, Console.Out, parsed.GetValue(json));
        });
        return command;
    }
}
