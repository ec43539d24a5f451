using System;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Actors.Clients;
using EnergyNode.Actors.Node;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;
using EnergyNode.Node.Configuration;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Network;
using EnergyNode.Node.Persistence;
using EnergyNode.Node.Setup;

namespace EnergyNode.Node.Cli;

/// <summary><c>energynode status</c>: where a node stands, running or not.</summary>
internal sealed class StatusCommand(TextWriter output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<int> RunAsync(string configFile, bool json)
    {
        NodeConfiguration configuration =
            ConfigurationLoader.Load(configFile, StartCommand.ReadEnvironment()).Require();
        GenesisBlock genesis = GenesisFile.Load(configuration.GenesisFile);
        using Ed25519Signer signer = KeyFile.Load(configuration.Keys.ValidatorKey);
        ClientAnswer.Head? head = await AskAsync(configuration, genesis, signer.PublicKey).ConfigureAwait(false);
        bool running = head is not null;
        long height = head?.Height.Value ?? StoredHeight(configuration, genesis, signer.PublicKey);
        if (json)
        {
            output.WriteLine(new JsonObject
            {
                ["running"] = running,
                ["chain"] = genesis.Chain.ToString(),
                ["height"] = height,
                ["stateRoot"] = head?.StateRoot.ToString(),
            }.ToJsonString());
        }
        else
        {
            output.WriteLine(running
                ? $"running: chain {genesis.Chain}, height {height}, state root {head!.StateRoot}"
                : $"not running: chain {genesis.Chain}, {height} blocks in {configuration.DataDirectory}");
        }

        return running ? ExitCodes.Ok : ExitCodes.Failed;
    }

    /// <returns>Null when the node does not answer.</returns>
    private static async Task<ClientAnswer.Head?> AskAsync(
        NodeConfiguration configuration, GenesisBlock genesis, PublicKey node)
    {
        if (configuration.Listen.Port == 0)
        {
            throw new CommandFailedException(
                ExitCodes.Usage,
                $"{configuration.File}: energy-node.listen.port is 0, so the node cannot be found; "
                + "use pbm, or set a port");
        }

        byte[] seed = new byte[32];
        System.Security.Cryptography.RandomNumberGenerator.Fill(seed);
        using Ed25519Signer visitor = new(seed);
        using Network.NodeCertificate certificate = Network.NodeCertificate.Create();
        using CancellationTokenSource patience = new(Patience);
        try
        {
            TlsClient client = await TlsClient.ConnectAsync(
                new TransportOptions { ChainId = genesis.Chain.ToString(), Role = PeerRole.Client },
                new PeerAddress(configuration.Listen.Hostname, configuration.Listen.Port),
                node,
                visitor,
                new Ed25519Verifier(),
                certificate,
                TimeProvider.System,
                patience.Token).ConfigureAwait(false);
            await using (client.ConfigureAwait(false))
            {
                await client.SendAsync(FrameKind.Query, new ClientQuery.Head(1).ToArray(), patience.Token)
                    .ConfigureAwait(false);
                ReceivedFrame frame = await client.Frames.ReadAsync(patience.Token).ConfigureAwait(false);
                return ClientAnswer.Decode(frame.Payload.Span) as ClientAnswer.Head;
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException
            or System.Net.Sockets.SocketException or ConnectionRefusedException
            or System.Threading.Channels.ChannelClosedException)
        {
            return null;
        }
    }

    private static long StoredHeight(NodeConfiguration configuration, GenesisBlock genesis, PublicKey key)
    {
        if (!SqliteJournal.Exists(configuration.DataDirectory))
        {
            return 0;
        }

        using SqliteJournal journal = SqliteJournal.Open(
            configuration.DataDirectory, new JournalIdentity(genesis.Chain.ToString(), genesis.ComputeHash(), key));
        return journal.HighestSequenceNumber(PersistenceIds.Blocks);
    }
}
