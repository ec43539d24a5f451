using System;
using System.CommandLine;
using EnergyNode.Ledger;
using EnergyNode.Node.Client;
using EnergyNode.Node.Configuration;
using EnergyNode.Node.Demo;
using EnergyNode.Node.Hosting;
using EnergyNode.Node.Readings;
using EnergyNode.Node.Setup;
using Command = System.CommandLine.Command;

namespace EnergyNode.Node.Cli;

/// <summary>The program's commands and their options.</summary>
internal static class CommandLine
{
    public static RootCommand Build()
    {
        RootCommand root = new(
            "EnergyNode: a validator node for local energy markets.\n\n"
            + "Example: energynode demo            four validators, two weeks of a neighbourhood\n"
            + "         energynode init --validators 4 --out net")
        {
            Demo(), Init(), Start(), Status(), Verify(), Config(), SimCommand.Build(), BookReplayCommand.Build(),
            ClearingCommand.Build(), BillCommand.Build(), CertificatesCommand.Build(), BenchCommand.Build(),
            ReadingsCommand.Build(), GovernanceCommand.Build(), OrderCommand.Build(), PrepayCommand.Build(),
            EvidenceCommand.Build(), ForensicsCommand.Build(), VersionCommand(),
        };
        return root;
    }

    private static Command Demo()
    {
        Option<int> validators = CommonOptions.Validators();
        Option<string> consensus = ConsensusChoice.Create("--consensus");
        Option<string?> meters = new("--meters") { Description = "readings as CSV; default: the ones that come along" };
        Option<string?> tariff = new("--tariff") { Description = "the utility's hourly prices as CSV" };
        Option<string?> meterList = new("--meter-list") { Description = "meters and their ratings as CSV" };
        Option<int?> homes = new("--homes")
        {
            Description = "so many homes in two zones: the recorded ones and neighbours drawn from them",
        };
        Option<long?> seed = new("--seed") { Description = "with --homes: draws other neighbours" };
        Option<int?> days = new("--days") { Description = "only so many days of the readings" };
        Option<int?> kill = new("--kill")
        {
            Description = "kill this validator (1 …) half-way and restart it five seconds later",
        };
        Option<bool> keep = new("--keep") { Description = "stay up at the end until Ctrl+C" };
        Option<string?> data = new("--data") { Description = "keep everything in this empty or new directory" };
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "demo",
            "Runs a market of real homes on validators of its own, each a process.\n\n"
            + "Example: energynode demo --days 2 --kill 2\n"
            + "         energynode demo --homes 200")
        {
            validators, consensus, meters, tariff, meterList, homes, seed, days, kill, keep, data, json,
        };
        command.SetAction((parsed, cancellation) => DemoCommand.RunAsync(
            new DemoOptions
            {
                Validators = parsed.GetValue(validators),
                Consensus = ConsensusChoice.Read(parsed, consensus),
                MetersFile = parsed.GetValue(meters),
                TariffFile = parsed.GetValue(tariff),
                MeterListFile = parsed.GetValue(meterList),
                Homes = parsed.GetValue(homes),
                Seed = parsed.GetValue(seed),
                Days = parsed.GetValue(days),
                Kill = parsed.GetValue(kill),
                Keep = parsed.GetValue(keep),
                DataDirectory = parsed.GetValue(data),
                Json = parsed.GetValue(json),
            },
            cancellation));
        return command;
    }

    private static Command Init()
    {
        Option<int> validators = CommonOptions.Validators();
        Option<string> consensus = ConsensusChoice.Create("--consensus");
        Option<string> directory = new("--out") { Description = "empty or new directory", Required = true };
        Option<string> chain = new("--chain")
        {
            Description = "the chain's name, 1 to 32 letters, digits, '.', '_' or '-'",
            DefaultValueFactory = _ => "local",
        };
        Option<string> clock = new("--market-clock")
        {
            Description = "what closes epochs: block (time) or oracle (a command)",
            DefaultValueFactory = _ => "block",
        };
        clock.AcceptOnlyFromAmong("block", "oracle");
        Command command = new(
            "init",
            "Creates keys, genesis and one configuration for each validator.\n\n"
            + "Example: energynode init --validators 4 --out net")
        {
            validators, consensus, directory, chain, clock,
        };
        command.SetAction(parsed =>
        {
            string name = parsed.GetValue(chain)!;
            if (!ChainId.TryParse(name, out ChainId id))
            {
                throw new CommandFailedException(
                    ExitCodes.Usage,
                    $"--chain '{name}' is not a chain name; use 1 to 32 letters, digits, '.', '_' or '-'");
            }

            NetworkPlan plan = NetworkPlan.WithDefaultPorts(
                parsed.GetValue(directory)!,
                Math.Clamp(parsed.GetValue(validators), 0, SetupLimits.MostReplicated + 1));
            MarketClock market = parsed.GetValue(clock) == "oracle" ? MarketClock.Oracle : MarketClock.Block;
            ConsensusProtocol protocol = ConsensusChoice.Read(parsed, consensus);
            Console.Out.Write(new InitCommand(TimeProvider.System).Run(plan, id, market, protocol).Text);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Start()
    {
        Option<string> config = CommonOptions.Config();
        Option<int?> parent = new("--exit-with-parent")
        {
            Description = "stop when the process with this number ends",
        };
        Command command = new(
            "start",
            "Runs one node until Ctrl+C.\n\nExample: energynode start --config net/validator-1/cluster.hocon")
        {
            config, parent,
        };
        command.SetAction((parsed, _) => StartCommand.RunAsync(parsed.GetValue(config)!, parsed.GetValue(parent)));
        return command;
    }

    private static Command Status()
    {
        Option<string> config = CommonOptions.Config();
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "status",
            "Says where a node stands; exit code 1 when it is not running.\n\n"
            + "Example: energynode status --config net/validator-1/cluster.hocon")
        {
            config, json,
        };
        command.SetAction((parsed, _) =>
            new StatusCommand(Console.Out).RunAsync(parsed.GetValue(config)!, parsed.GetValue(json)));
        return command;
    }

    private static Command Verify()
    {
        Argument<string> directory = new("directory") { Description = "the data directory of a node that is stopped" };
        Option<string?> genesis = new("--genesis") { Description = "genesis.json; default: the copy in the directory" };
        Option<long?> height = new("--expect-height") { Description = "the height that the chain must at least have" };
        directory.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.Tokens[0].Value.StartsWith('-'))
            {
                result.AddError($"Unrecognized option '{result.Tokens[0].Value}'");
            }
        });
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "verify",
            "Re-checks a stopped node's data from genesis on, without network.\n\n"
            + "Example: energynode verify net/validator-1/data --expect-height 120")
        {
            directory, genesis, height, json,
        };
        command.SetAction(parsed => new VerifyCommand(Console.Out).Run(
            parsed.GetValue(directory)!, parsed.GetValue(genesis), parsed.GetValue(height), parsed.GetValue(json)));
        return command;
    }

    private static Command Config()
    {
        Option<string> config = CommonOptions.Config();
        Argument<string> key = new("key") { Description = "such as energy-node.consensus.view-timeout" };
        Command check = new("check", "Names every error and unknown key of a configuration.") { config };
        check.SetAction(parsed => Answer(Load(parsed, config).Check()));
        Command explain = new("explain", "Shows a key's value, default and origin.") { key, config };
        explain.SetAction(parsed => Answer(LoadReadable(parsed, config).Explain(parsed.GetValue(key)!)));
        Command diff = new("diff-default", "Lists what differs from the defaults.") { config };
        diff.SetAction(parsed => Answer(LoadReadable(parsed, config).DiffDefault()));
        return new Command(
            "config",
            "Inspects a configuration.\n\n"
            + "Example: energynode config check --config net/validator-1/cluster.hocon")
        {
            check, explain, diff,
        };
    }

    private static Command VersionCommand()
    {
        Command command = new("version", "Prints the version.");
        command.SetAction(_ =>
        {
            Console.Out.WriteLine($"energynode {ProgramVersion.Text}");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static ConfigurationCommands Load(ParseResult parsed, Option<string> config) =>
        new(ConfigurationLoader.Load(parsed.GetValue(config)!, StartCommand.ReadEnvironment()));

    /// <exception cref="ConfigurationException">No key could be read, so there is nothing to say of them.</exception>
    private static ConfigurationCommands LoadReadable(ParseResult parsed, Option<string> config)
    {
        LoadedConfiguration loaded = ConfigurationLoader.Load(
            parsed.GetValue(config)!, StartCommand.ReadEnvironment());
        return loaded.Settings.Count > 0
            ? new ConfigurationCommands(loaded)
            : throw new ConfigurationException(loaded.Findings);
    }

    private static int Answer(ConfigurationAnswer answer)
    {
        (answer.Success ? Console.Out : Console.Error).WriteLine(answer.Text);
        return answer.Success ? ExitCodes.Ok : ExitCodes.Failed;
    }
}
