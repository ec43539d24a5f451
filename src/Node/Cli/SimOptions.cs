using System.Collections.Generic;
using System.CommandLine;
using EnergyNode.Ledger;
using EnergyNode.Simulation;
using Command = System.CommandLine.Command;

namespace EnergyNode.Node.Cli;

/// <summary>The options that all forms of <c>energynode sim</c> share.</summary>
internal sealed class SimOptions
{
    private const int MaxHomes = 100;
    private const int MaxEpochs = 10_000;
    private const int MaxSeconds = 86_400;
    private const int MaxChanges = 8;
    private const string All = "all";

    private readonly SimulationOptions _defaults;
    private readonly Option<string> _protocol = ConsensusChoice.Create("--protocol");
    private readonly Option<string> _then = new("--then")
    {
        Description = "protocols to change to in the middle of the run, separated by commas: pbft, pos, pow",
        DefaultValueFactory = _ => "",
    };

    private readonly Option<int> _validators;
    private readonly Option<int> _byzantine;
    private readonly Option<string> _strategy = new("--strategy")
    {
        Description = $"what liars do, separated by commas: {Strategies.AllWords}; or all: each draws one to three",
        DefaultValueFactory = _ => All,
    };

    private readonly Option<string> _faults;
    private readonly Option<int> _homes;
    private readonly Option<int> _epochs;
    private readonly Option<int> _seconds;

    /// <param name="defaults">What is not said; null for the simulator's own.</param>
    public SimOptions(SimulationOptions? defaults = null)
    {
        _defaults = defaults ?? new SimulationOptions { Seed = 0 };
        _faults = new Option<string>("--faults")
        {
            Description = "what else goes wrong: none, network, disk or all",
            DefaultValueFactory = _ => _defaults.Kinds.ToString().ToLowerInvariant(),
        };
        _validators = Number("--validators", $"1 to {Limits.MaxValidators}", _defaults.Validators);
        _byzantine = Number("--byzantine", "how many validators lie: 0 to a third (f)", 0);
        _homes = Number("--homes", $"2 to {MaxHomes} homes in the market", _defaults.Homes);
        _epochs = Number("--epochs", $"1 to {MaxEpochs} epochs to trade", _defaults.Epochs);
        _seconds = Number(
            "--seconds",
            $"1 to {MaxSeconds} virtual seconds with faults; then everything but the liars heals",
            (int)(_defaults.Duration.Micros / Instant.MicrosPerSecond));
    }

    public Option<bool> Json { get; } = CommonOptions.Json();

    public void AddTo(Command command)
    {
        command.Options.Add(_protocol);
        command.Options.Add(_then);
        command.Options.Add(_validators);
        command.Options.Add(_byzantine);
        command.Options.Add(_strategy);
        command.Options.Add(_faults);
        command.Options.Add(_homes);
        command.Options.Add(_epochs);
        command.Options.Add(_seconds);
        command.Options.Add(Json);
    }

    public SimulationOptions Read(ParseResult parsed, ulong seed)
    {
        int validators = InRange(parsed, _validators, 1, Limits.MaxValidators);
        int tolerated = (validators - 1) / 3;
        int byzantine = parsed.GetValue(_byzantine);
        if (byzantine < 0 || byzantine > tolerated)
        {
            throw Wrong(
                $"--byzantine {byzantine} is not possible: {validators} validators tolerate {tolerated}; "
                    + $"choose 0 to {tolerated}, or more validators");
        }

        ConsensusProtocol protocol = ConsensusChoice.Read(parsed, _protocol);
        return _defaults with
        {
            Seed = seed,
            Protocol = protocol,
            Changes = ReadChanges(parsed.GetValue(_then)!, protocol),
            Validators = validators,
            Byzantine = byzantine,
            Strategies = ReadStrategies(parsed.GetValue(_strategy)!),
            Kinds = ReadKinds(parsed.GetValue(_faults)!),
            Homes = InRange(parsed, _homes, 2, MaxHomes),
            Epochs = InRange(parsed, _epochs, 1, MaxEpochs),
            Duration = Duration.FromSeconds(InRange(parsed, _seconds, 1, MaxSeconds)),
        };
    }

    private static List<ConsensusProtocol> ReadChanges(string text, ConsensusProtocol first)
    {
        List<ConsensusProtocol> changes = [];
        ConsensusProtocol last = first;
        foreach (string word in text.Length == 0 ? [] : text.Split(','))
        {
            if (!ConsensusProtocols.TryParse(word, out ConsensusProtocol next) || next == last)
            {
                throw Wrong($"--then '{word}' is not possible; write pbft, pos or pow, each another one than before");
            }

            if (changes.Count == MaxChanges)
            {
                throw Wrong($"--then names more than {MaxChanges} protocols; write fewer");
            }

            changes.Add(next);
            last = next;
        }

        return changes;
    }

    private static List<Strategy> ReadStrategies(string text)
    {
        List<Strategy> strategies = [];
        foreach (string word in text == All ? [] : text.Split(','))
        {
            if (!Strategies.TryParse(word, out Strategy strategy))
            {
                throw Wrong($"--strategy '{word}' is not known; choose all, or some of {Strategies.AllWords}");
            }

            if (strategies.Contains(strategy))
            {
                throw Wrong($"--strategy names '{word}' twice; once is enough");
            }

            strategies.Add(strategy);
        }

        return strategies;
    }

    private static FaultKinds ReadKinds(string text) => text switch
    {
        "none" => FaultKinds.None,
        "network" => FaultKinds.Network,
        "disk" => FaultKinds.Disk,
        All => FaultKinds.All,
        _ => throw Wrong($"--faults '{text}' is not known; choose none, network, disk or all"),
    };

    private static int InRange(ParseResult parsed, Option<int> option, int least, int most)
    {
        int value = parsed.GetValue(option);
        return value >= least && value <= most
            ? value
            : throw Wrong($"{option.Name} {value} is not possible; choose {least} to {most}");
    }

    private static CommandFailedException Wrong(string text) => new(ExitCodes.Usage, text);

    private static Option<int> Number(string name, string description, int value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
