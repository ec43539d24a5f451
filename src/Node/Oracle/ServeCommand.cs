using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using EnergyNode.Node.Cli;
using EnergyNode.Node.Configuration;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Demo;
using EnergyNode.Node.Gateway;
using EnergyNode.Node.Hosting;
using EnergyNode.Node.Readings;
using EnergyNode.Node.Setup;
using Command = System.CommandLine.Command;

namespace EnergyNode.Node.Oracle;

/// <summary><c>energynode readings serve</c>: readings over HTTP and from a queue, as they come.</summary>
internal sealed class ServeCommand(NodeLog log, TimeProvider time)
{
    /// <summary>The environment variable with the broker's address, which has a password in it.</summary>
    public const string BrokerVariable = "ENERGYNODE_AMQP_URI";

    public static Command Build()
    {
        Option<string> config = CommonOptions.NetworkConfig();
        Option<string> keys = new("--keys")
        {
            Description = "directory with NAME.key of the gateway and meter+METER.key of each meter",
            Required = true,
        };
        Option<string> gateway = new("--gateway")
        {
            Description = "the gateway's account, an oracle operator",
            DefaultValueFactory = _ => "operator",
        };
        Option<string?> http = new("--http") { Description = "loopback address and port for POST /v1/readings" };
        Option<string> token = new("--http-token")
        {
            Description = "file of the token that requests show; made when it does not exist",
            DefaultValueFactory = _ => "http.token",
        };
        Option<string?> queue = new("--queue")
        {
            Description = $"a RabbitMQ queue; {BrokerVariable} is amqp://user:password@host",
        };
        Option<int> prefetch = new("--prefetch")
        {
            Description = $"messages without an answer, 1 to {OracleLimits.MaxPrefetch}",
            DefaultValueFactory = _ => 256,
        };
        Option<int> grace = new("--grace")
        {
            Description = $"seconds that an epoch waits for missing meters, 1 to {OracleLimits.MaxGraceSeconds}",
            DefaultValueFactory = _ => 60,
        };
        Command serve = new(
            "serve",
            "Takes readings over HTTP and from RabbitMQ, validates, signs and submits them, and closes an epoch when\n"
            + "all meters whose keys are held were read, or --grace after readings of later epochs came.\n\n"
            + "Example: energynode readings serve --config net/validator-1/cluster.hocon --keys net "
            + "--http 127.0.0.1:8080")
        {
            config, keys, gateway, http, token, queue, prefetch, grace,
        };
        serve.SetAction(async (parsed, _) =>
        {
            using StopSignals stop = new();
            ServeOptions options = new()
            {
                Keys = parsed.GetValue(keys)!,
                Gateway = parsed.GetValue(gateway)!,
                Http = ReadHttp(parsed.GetValue(http)),
                TokenFile = parsed.GetValue(token)!,
                Queue = parsed.GetValue(queue) ?? "",
                Broker = ReadBroker(parsed.GetValue(queue), Environment.GetEnvironmentVariable(BrokerVariable)),
                Prefetch = parsed.GetValue(prefetch),
                GraceSeconds = parsed.GetValue(grace),
            };
            NodeLog log = new(Console.Out, NodeLogLevel.Info, TimeProvider.System);
            LoadedConfiguration loaded = ConfigurationLoader.Load(
                parsed.GetValue(config)!, StartCommand.ReadEnvironment());
            return await new ServeCommand(log, TimeProvider.System).RunAsync(loaded, options, null, stop.Token);
        });
        return serve;
    }

    /// <param name="loaded">A validator's configuration.</param>
    /// <param name="options">The sources.</param>
    /// <param name="listening">Is told where HTTP listens.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CommandFailedException">Something is missing or out of range.</exception>
    public async Task<int> RunAsync(
        LoadedConfiguration loaded, ServeOptions options, Action<Uri>? listening, CancellationToken cancellation)
    {
        Check(options);
        NodeConfiguration configuration = loaded.Require();
        GenesisBlock genesis = GenesisFile.Load(configuration.GenesisFile);
        SubmitCommand.CheckMarket(genesis.Market);
        using MeterKeys keys = MeterKeys.LoadAll(options.Keys, options.Gateway);
        await using GatewayClient gateway = new(
            new GatewayOptions { Chain = genesis.Chain, Tolerates = static (_, _) => true },
            SubmitCommand.EndpointsOf(configuration, genesis),
            keys.Gateway,
            new Ed25519Verifier(),
            time);
        OracleRunner oracle = new(
            new OracleStream(genesis.Market, keys.Meters, Duration.FromSeconds(options.GraceSeconds)),
            new GatewayLedger(genesis.Chain, gateway, keys, time),
            log,
            time);
        List<Task> running = [oracle.RunAsync(cancellation)];
        await using HttpSource? http = options.Http is { } endPoint
            ? await HttpSource.StartAsync(oracle, HttpToken.LoadOrCreate(options.TokenFile), endPoint, time)
            : null;
        if (http is not null)
        {
            log.Info($"POST {http.Address}{HttpSource.Path.TrimStart('/')} with the token of {options.TokenFile}");
            listening?.Invoke(http.Address);
        }

        if (options.Broker is { } broker)
        {
            RabbitQueue queue = new(broker, options.Queue, options.Prefetch);
            running.Add(new QueueSource(queue, oracle, log, time).RunAsync(cancellation));
        }

        try
        {
            await await Task.WhenAny(running);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            log.Info("stopped; what was not confirmed was not answered and may be sent again");
        }

        return ExitCodes.Ok;
    }

    /// <exception cref="CommandFailedException">It is no address and port of this machine alone.</exception>
    internal static IPEndPoint? ReadHttp(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (!IPEndPoint.TryParse(text, out IPEndPoint? endPoint) || !text.Contains(':', StringComparison.Ordinal)
            || !IPAddress.IsLoopback(endPoint.Address))
        {
            throw new CommandFailedException(
                ExitCodes.Usage,
                $"--http {text}: requests are not encrypted, so only loopback is served; name 127.0.0.1:PORT or "
                + "[::1]:PORT and put a proxy with TLS before it");
        }

        return endPoint;
    }

    /// <exception cref="CommandFailedException">There is a queue and no broker.</exception>
    internal static Uri? ReadBroker(string? queue, string? broker)
    {
        if (queue is null)
        {
            return null;
        }

        if (!Uri.TryCreate(broker, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("amqp" or "amqps"))
        {
            throw new CommandFailedException(
                ExitCodes.Usage, $"--queue {queue}: set {BrokerVariable} to amqp://user:password@host[:port][/vhost]");
        }

        return uri;
    }

    private static void Check(ServeOptions options)
    {
        if (options.Http is null && options.Broker is null)
        {
            throw new CommandFailedException(ExitCodes.Usage, "there is no source, give --http, --queue or both");
        }

        CheckRange("--prefetch", options.Prefetch, OracleLimits.MaxPrefetch);
        CheckRange("--grace", options.GraceSeconds, OracleLimits.MaxGraceSeconds);
    }

    private static void CheckRange(string option, int value, int max)
    {
        if (value < 1 || value > max)
        {
            throw new CommandFailedException(ExitCodes.Usage, $"{option} {value}: give 1 to {max}");
        }
    }
}
