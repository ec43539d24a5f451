using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Actors.Clients;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;
using EnergyNode.Node.Configuration;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Hosting;
using EnergyNode.Node.Network;
using EnergyNode.Node.Setup;
using EnergyNode.Node.Tests.Crypto;
using Xunit;

namespace EnergyNode.Node.Tests.Hosting;

/// <summary>Real nodes in this process: real files, sockets and threads, on loopback.</summary>
internal sealed class TestNetwork : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(240);

    private readonly TemporaryDirectory _directory = new();
    private readonly InitResult _init;
    private readonly Dictionary<int, NodeHost> _running = [];
    private readonly Ed25519Signer _operator;
    private long _nonce;

    /// <param name="validators">How many.</param>
    /// <param name="consensus">Their protocol.</param>
    /// <param name="created">The clock by which the chain begins; null for the system's.</param>
    public TestNetwork(
        int validators, ConsensusProtocol consensus = ConsensusProtocol.Pbft, TimeProvider? created = null)
    {
        int[] ports = FreePorts(validators);
        _init = new InitCommand(created ?? TimeProvider.System).Run(
            new NetworkPlan(_directory.File("net"), ports, new int[validators]),
            ChainId.Parse("test"),
            MarketClock.Oracle,
            consensus);
        _operator = KeyFile.Load(_directory.File("net/operator.key"));
    }

    public CreatedNetwork Network => _init.Network;

    public string DataOf(int validator) => Path.Combine(Network.Validators[validator].Directory, "data");

    public string File(string name) => _directory.File(name);

    public NodeConfiguration ConfigurationOf(int validator) => ConfigurationLoader.Load(
        Network.Validators[validator].ConfigurationFile,
        new Dictionary<string, string> { ["ENERGY_NODE__ADMIN__RUNTIME_DIR"] = _directory.File("run") }).Require();

    public async Task StartAsync(params int[] validators)
    {
        foreach (int validator in validators)
        {
            NodeLog log = new(TextWriter.Null, NodeLogLevel.Off, TimeProvider.System);
            _running.Add(validator, await NodeHost.StartAsync(ConfigurationOf(validator), log));
        }
    }

    public async Task StopAsync(params int[] validators)
    {
        foreach (int validator in validators)
        {
            await _running[validator].DisposeAsync();
            _running.Remove(validator);
        }
    }

    /// <summary>Submits the operator's commands to one node and waits until they are final there.</summary>
    public async Task<ClientReceipt.Final> ExecuteAsync(int validator, params Command[] commands)
    {
        Instant now = new(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1_000);
        Instant validUntil = now.Plus(Duration.FromSeconds(600));
        SignedBatch batch = SignedBatch.Sign(
            Network.Genesis.Chain, ++_nonce, validUntil, BatchFlags.InOrder, commands, _operator);
        using CancellationTokenSource patience = new(Patience);
        await using TlsClient client = await ConnectAsync(validator, patience.Token);
        await client.SendAsync(FrameKind.Submit, batch.Bytes, patience.Token);
        await foreach (ReceivedFrame frame in client.Frames.ReadAllAsync(patience.Token))
        {
            ClientReceipt? receipt = ClientReceipt.Decode(frame.Payload.Span);
            Assert.IsNotType<ClientReceipt.Refused>(receipt);
            if (receipt is ClientReceipt.Final final)
            {
                Assert.Equal(batch.Hash, final.Batch);
                return final;
            }
        }

        throw new IOException("The connection to the node ended: " + await client.Closed);
    }

    /// <summary>As <see cref="ExecuteAsync"/>, where the ledger must refuse nothing.</summary>
    public async Task ExecuteGoodAsync(int validator, params Command[] commands)
    {
        ClientReceipt.Final final = await ExecuteAsync(validator, commands);
        Assert.All(final.Receipts!.Receipts, static receipt => Assert.Equal(LedgerError.None, receipt.Error));
    }

    /// <summary>Asks a node until it stands at a height.</summary>
    public async Task<ClientAnswer.Head> AwaitHeightAsync(int validator, long height)
    {
        using CancellationTokenSource patience = new(Patience);
        await using TlsClient client = await ConnectAsync(validator, patience.Token);
        for (long id = 1; ; id++)
        {
            await client.SendAsync(FrameKind.Query, new ClientQuery.Head(id).ToArray(), patience.Token);
            ReceivedFrame frame = await client.Frames.ReadAsync(patience.Token);
            ClientAnswer.Head head = Assert.IsType<ClientAnswer.Head>(ClientAnswer.Decode(frame.Payload.Span));
            if (head.Height.Value >= height)
            {
                return head;
            }
        }
    }

    /// <summary>What <c>pbm</c> would get from a running node.</summary>
    public async Task<JsonElement> AskAdminAsync(int validator, string command)
    {
        string name = Network.Genesis.Validators[new ValidatorIndex(validator)].Name.ToString();
        foreach (string file in Directory.EnumerateFiles(_directory.File("run"), "admin-*.json"))
        {
            JsonElement found = JsonDocument.Parse(System.IO.File.ReadAllBytes(file)).RootElement;
            if (found.GetProperty("node").GetString() == name)
            {
                using TcpClient client = new("127.0.0.1", found.GetProperty("port").GetInt32());
                string token = found.GetProperty("token").GetString()!;
                string line = $"{{\"v\":1,\"token\":\"{token}\",\"command\":\"{command}\"}}";
                string? answer = await Admin.AdminFixture.AskAsync(client, line);
                return JsonDocument.Parse(answer!).RootElement;
            }
        }

        throw new FileNotFoundException($"{name} has no admin port.");
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync([.. _running.Keys]);
        _operator.Dispose();
        _directory.Dispose();
    }

    private static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (TcpListener listener in listeners)
        {
            listener.Start();
        }

        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (TcpListener listener in listeners)
        {
            listener.Dispose();
        }

        return ports;
    }

    private async Task<TlsClient> ConnectAsync(int validator, CancellationToken cancellation)
    {
        CreatedValidator node = Network.Validators[validator];
        using Ed25519Signer visitor = new(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        return await TlsClient.ConnectAsync(
            new TransportOptions { ChainId = Network.Genesis.Chain.ToString(), Role = PeerRole.Client },
            new PeerAddress("127.0.0.1", node.PeerPort),
            node.Key,
            visitor,
            new Ed25519Verifier(),
            NodeCertificate.Create(),
            TimeProvider.System,
            cancellation);
    }
}
