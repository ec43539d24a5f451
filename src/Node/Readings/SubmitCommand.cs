using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Cli;
using EnergyNode.Node.Client;
using EnergyNode.Node.Configuration;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Gateway;
using EnergyNode.Node.Network;
using EnergyNode.Node.Setup;
using Command = System.CommandLine.Command;

namespace EnergyNode.Node.Readings;

/// <summary><c>energynode readings submit FILE</c>: a file's measured readings to a running network.</summary>
internal sealed class SubmitCommand(TextWriter output, TimeProvider time)
{
    public static Command Build()
    {
        Argument<string> file = new("file") { Description = "readings, beginning at the open epoch or before" };
        Option<string> config = CommonOptions.NetworkConfig();
        Option<string> keys = new("--keys")
        {
            Description = "directory with NAME.key of the gateway and meter+METER.key of each meter, for OCMF also "
                + "meter+METER.ocmf, the public key of the charging point",
            Required = true,
        };
        Option<string> gateway = new("--gateway")
        {
            Description = "the gateway's account, an oracle operator",
            DefaultValueFactory = _ => "operator",
        };
        Option<string> format = new("--format")
        {
            Description = "csv, greenbutton or ocmf",
            DefaultValueFactory = _ => "csv",
        };
        format.AcceptOnlyFromAmong("csv", "greenbutton", "ocmf");
        Option<string?> meter = new("--meter")
        {
            Description = "the ledger's meter that a Green Button feed or an OCMF file is of",
        };
        Option<bool> correct = new("--correct")
        {
            Description = "where a closed epoch was settled by other values, send the file's as corrections",
        };
        Option<bool> json = CommonOptions.Json();
        Command submit = new(
            "submit",
            "Validates a file, signs what was measured with the meters' keys, submits it epoch by epoch and waits\n"
            + "for the ledger to confirm it. Run again after a crash, it goes on after the last confirmed reading.\n\n"
            + "Example: energynode readings submit day.csv --config net/validator-1/cluster.hocon --keys net")
        {
            file, config, keys, gateway, format, meter, correct, json,
        };
        submit.SetAction((parsed, cancellation) => new SubmitCommand(Console.Out, TimeProvider.System).RunAsync(
            parsed.GetValue(file)!,
            ConfigurationLoader.Load(parsed.GetValue(config)!, StartCommand.ReadEnvironment()),
            (parsed.GetValue(keys)!, parsed.GetValue(gateway)!),
            (parsed.GetValue(format)!, parsed.GetValue(meter), parsed.GetValue(correct)),
            parsed.GetValue(json),
            cancellation));
        return submit;
    }

    /// <exception cref="CommandFailedException">Something is missing, or the ledger refuses.</exception>
    public async Task<int> RunAsync(
        string file,
        LoadedConfiguration loaded,
        (string Directory, string Gateway) keyFiles,
        (string Format, string? Meter, bool Correct) source,
        bool json,
        CancellationToken cancellation)
    {
        SampleFile samples = SubmitInput.Read(file, source.Format, source.Meter, keyFiles.Directory);
        NodeConfiguration configuration = loaded.Require();
        GenesisBlock genesis = GenesisFile.Load(configuration.GenesisFile);
        CheckMarket(genesis.Market);
        using MeterKeys keys = MeterKeys.Load(keyFiles.Directory, keyFiles.Gateway, samples.Meters);
        await using GatewayClient gateway = new(
            new GatewayOptions
            {
                Chain = genesis.Chain,
                MaxInFlight = ReadingsLimits.BatchesAhead,
                Tolerates = static (command, _) => command is Ledger.Command.CorrectReading,
            },
            EndpointsOf(configuration, genesis),
            keys.Gateway,
            new Ed25519Verifier(),
            time);
        await ClientSession.RequireConnectedAsync(gateway, ClientLimits.ConnectTimeout, time, cancellation);
        try
        {
            LedgerCursor cursor = await LedgerCursor.ReadSettledAsync(
                gateway, keys.Gateway.PublicKey, time, cancellation);
            keys.Check(cursor);
            SubmitPlan plan = SubmitPlan.Make(samples, cursor, genesis.Market, source.Correct);
            CorrectionFigures corrections = await new CorrectionSubmission(genesis.Chain, gateway, keys, time)
                .RunAsync(plan.Late, cursor, cancellation);
            long confirmed = await new ReadingSubmission(genesis.Chain, gateway, keys, plan, time)
                .RunAsync(corrections.Nonce, cancellation);
            new SubmitReport(plan, confirmed, corrections, genesis.Market).Write(output, json);
            return corrections.Refused.Count == 0 ? ExitCodes.Ok : ExitCodes.Failed;
        }
        catch (GatewayException error)
        {
            throw new CommandFailedException(
                ExitCodes.Failed,
                $"{error.Message}; what was confirmed stays so, run it again to go on after it");
        }
    }

    /// <exception cref="CommandFailedException">The chain takes no readings of the past.</exception>
    public static void CheckMarket(MarketParameters market)
    {
        if (market.Clock != MarketClock.Oracle)
        {
            throw new CommandFailedException(
                ExitCodes.Failed,
                "this chain closes epochs by time and takes readings of the open epoch only, not of a file; files "
                + "need a chain made with --market-clock oracle");
        }

        if (market.EpochLength.Micros != MeteringLimits.IntervalSeconds * Instant.MicrosPerSecond)
        {
            throw new CommandFailedException(
                ExitCodes.Failed, "this chain's epochs are no quarters of an hour, as the readings are");
        }
    }

    /// <summary>Every validator of genesis, by its own configuration and that of its peers.</summary>
    public static IReadOnlyList<ValidatorEndpoint> EndpointsOf(NodeConfiguration configuration, GenesisBlock genesis)
    {
        using Ed25519Signer self = KeyFile.Load(configuration.Keys.ValidatorKey);
        PeerAddress own = new(configuration.Listen.Hostname, configuration.Listen.Port);
        List<ValidatorEndpoint> endpoints = [];
        foreach (Validator validator in genesis.Validators.Validators)
        {
            PeerEntry? peer = configuration.Peers.FirstOrDefault(peer => peer.PublicKey == validator.Key);
            if (peer is null && validator.Key != self.PublicKey)
            {
                throw new CommandFailedException(
                    ExitCodes.Usage,
                    $"{configuration.File}: validator {validator.Name} of genesis is not among energy-node.peers, "
                    + "add its address");
            }

            endpoints.Add(new ValidatorEndpoint(
                validator.Name.ToString(),
                validator.Key,
                peer is null ? own : new PeerAddress(peer.Address.Host, peer.Address.Port)));
        }

        return endpoints;
    }
}
