using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Net;
using System.Threading.Tasks;
using EnergyNode.Actors;
using EnergyNode.Actors.Node;
using EnergyNode.Consensus;
using EnergyNode.Consensus.Pbft;
using EnergyNode.Consensus.Pos;
using EnergyNode.Consensus.Pow;
using EnergyNode.Ledger;
using EnergyNode.Node.Admin;
using EnergyNode.Node.Configuration;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Mining;
using EnergyNode.Node.Network;
using EnergyNode.Node.Persistence;
using EnergyNode.Node.Setup;
using EnergyNode.Node.Work;
using TlsCertificate = EnergyNode.Node.Network.NodeCertificate;

namespace EnergyNode.Node.Hosting;

/// <summary>One running node: journal, network, actors and admin port, put together and taken apart in order.</summary>
internal sealed class NodeHost : IAsyncDisposable
{
    private readonly NodeConfiguration _configuration;
    private readonly NodeLog _log;
    private readonly SqliteJournal _journal;

    /// <summary>Another journal may have been used with this key.</summary>
    private readonly bool _mayHaveForgotten;
    private readonly Ed25519Signer _signer;
    private readonly TlsCertificate _certificate;
    private readonly TlsTransport _transport;
    private readonly ActorSystem _system;
    private readonly HeadWatch _headWatch = new();
    private readonly WorkMiner _miner;
    private readonly WorkMeter _work = new(ThreadTime.Nanoseconds);
    private AdminServer? _admin;

    private NodeHost(NodeConfiguration configuration, GenesisBlock genesis, NodeLog log)
    {
        _configuration = configuration;
        _log = log;
        Genesis = genesis;
        _signer = KeyFile.Load(configuration.Keys.ValidatorKey);
        CheckRole(configuration, genesis, _signer.PublicKey);
        Ed25519Verifier verifier = new();
        _certificate = new TlsCertificate(CertificateFiles.Load(
            configuration.Keys.NodeCertificate, configuration.Keys.NodeCertificateKey));
        _journal = OpenJournal(configuration, genesis, _signer.PublicKey, out bool isFirst);
        if (_journal.OpeningWarning is { } warning)
        {
            log.Warning(warning);
        }

        // R26
        _mayHaveForgotten = !isFirst;

        _transport = new TlsTransport(
            TransportOptionsOf(configuration, genesis),
            _signer,
            verifier,
            key => genesis.Validators.IndexOf(key) is not null || IsConfiguredPeer(configuration, key),
            _certificate,
            OnRefused,
            TimeProvider.System);
        _system = ActorSystem.Create(
            "energy-node",
            new MeteredDispatcher(_work),
            new TimeProviderScheduler(TimeProvider.System),
            NodeActors.SystemSettings);
        Signatures = new MeteredVerifier(verifier, _work);
        _miner = new WorkMiner(configuration.Consensus.MinerThreads);
    }

    public GenesisBlock Genesis { get; }

    public ISignatureVerifier Signatures { get; }

    /// <summary>Completes when an actor of the core failed: the node must end.</summary>
    public Task<Exception> WhenFaulted => _system.WhenFaulted;

    /// <summary>Starts a node; whatever fails leaves nothing running.</summary>
    public static async Task<NodeHost> StartAsync(NodeConfiguration configuration, NodeLog log)
    {
        GenesisBlock genesis = GenesisFile.Load(configuration.GenesisFile);
        NodeHost host = new(configuration, genesis, log);
        try
        {
            host.Start();
            return host;
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Stops in order: no new requests, no network, actors, and last the journal.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_admin is not null)
        {
            await _admin.DisposeAsync().ConfigureAwait(false);
        }

        await _transport.DisposeAsync().ConfigureAwait(false);
        _miner.Dispose();
        Task stopped = _system.Terminate();
        if (!_system.WhenFaulted.IsCompleted)
        {
            await Task.WhenAny(stopped, Task.Delay(HostLimits.ActorStopTimeout)).ConfigureAwait(false);
        }

        _journal.Dispose();
        _certificate.Dispose();
        _signer.Dispose();
    }

    private void Start()
    {
        MempoolOptions mempool = _configuration.Mempool;
        ConsensusOptions consensus = _configuration.Consensus;
        NodeSettings settings = new(
            Genesis,
            CreateConsensus,
            new MempoolLimits(
                mempool.MaxBatches,
                mempool.MaxBytes,
                mempool.MaxBatchesPerSigner,
                consensus.MaxBatchesPerBlock,
                (int)consensus.MaxBlockBytes),
            new NodeTimings { FailureDetector = FailureDetector(_configuration.Network) })
        {
            MayHaveForgotten = _mayHaveForgotten,
        };
        _system.ActorOf(Props.Create(() => new LogActor(_log)), "log");
        _system.ActorOf(Props.Create(() => new HeadWatchActor(_headWatch)), "feeds");
        NodeActors actors = NodeActors.Start(
            _system,
            settings,
            new NodePorts(_journal, _transport, new MeteredSigner(_signer, _work), Signatures) { Miner = _miner });
        _transport.Start(actors.Peers);
        string address = AnnouncedAddress();
        actors.Peers.Tell(new PeersActor.Listening(address));
        _admin = StartAdmin(actors);
        string name = NodeName();
        _log.Info(
            $"{name} of chain {Genesis.Chain} ({_configuration.Role}), genesis {Genesis.ComputeHash().Short()}, "
            + $"listens on {address}, admin port {_admin.EndPoint.Port}");
        bool isInDoubt = _mayHaveForgotten && _journal.HighestSequenceNumber(PersistenceIds.Rejoin) == 0;
        if (isInDoubt && _configuration.Role == NodeRole.Validator && Genesis.Consensus != ConsensusProtocol.Pow)
        {
            _log.Info(
                "the journal is new and the key is not: this validator votes when a quorum tells that the chain is new,"
                + " or else when what it may have voted is forgotten ('pbm consensus state' tells when)");
        }
    }

    private AdminServer StartAdmin(NodeActors actors)
    {
        AdminRegistry registry = new NodeInspection(
            _system, actors, _journal, Genesis, _signer.PublicKey, _configuration).Register();
        new WorkInspection(_work, _journal).Register(registry);
        AdminServer server = new(
            new Admin.AdminOptions
            {
                Host = IPAddress.Parse(_configuration.Admin.Hostname),
                Port = _configuration.Admin.Port,
                NodeName = NodeName(),
                Chain = Genesis.Chain.ToString(),
                CurrentHeight = () => _headWatch.Height,
                OnFault = (command, error) => _log.Error($"admin command {command}: {error.Message}"),
                RuntimeDirectory = _configuration.Admin.RuntimeDirectory,
            },
            registry,
            AdminToken.Create());
        server.Start();
        return server;
    }

    private IConsensus CreateConsensus(ChainHead head) => head.Rules.Protocol switch
    {
        ConsensusProtocol.Pbft => new PbftMachine(PbftOptionsOf(head)),
        ConsensusProtocol.Pos => new PosMachine(PosOptionsOf(head)),
        ConsensusProtocol.Pow => new PowMachine(PowOptionsOf(head)),
        _ => throw new InvalidOperationException($"There is no consensus protocol {head.Rules.Protocol}."),
    };

    private PbftOptions PbftOptionsOf(ChainHead head) => new()
    {
        Chain = Genesis.Chain,
        Self = head.Validators.IndexOf(_signer.PublicKey),
        SelfKey = _signer.PublicKey,
        Validators = head.Validators,
        SetSince = head.Sets.Since,
        Border = head.Sets.Border,
        Tip = TipOf(head),
        TipCertificate = head.Certificate,
        Window = Genesis.ConsensusWindow,
        ViewTimeout = ToDuration(_configuration.Consensus.ViewTimeout),
        MaxViewTimeout = ToDuration(_configuration.Consensus.ViewTimeoutCap),
    };

    private PosOptions PosOptionsOf(ChainHead head)
    {
        Duration timeout = ToDuration(_configuration.Consensus.ViewTimeout);
        return new PosOptions
        {
            Chain = Genesis.Chain,
            Self = head.Validators.IndexOf(_signer.PublicKey),
            SelfKey = _signer.PublicKey,
            Validators = head.Validators,
            SetSince = head.Sets.Since,
            Tip = TipOf(head),
            ProposeTimeout = timeout,
            VoteTimeout = new Duration(timeout.Micros / 2),
            MaxTimeout = ToDuration(_configuration.Consensus.ViewTimeoutCap),
        };
    }

    private PowOptions PowOptionsOf(ChainHead head) => new()
    {
        Chain = Genesis.Chain,
        Self = head.Validators.IndexOf(_signer.PublicKey),
        Validators = head.Validators,
        Tip = head.Final,
        Work = head.Rules.Work!,
    };

    private static ChainTip TipOf(ChainHead head) => new(head.Height, head.BlockHash, head.Time, head.Proposer);

    private static FailureDetectorSettings FailureDetector(NetworkOptions network) => new()
    {
        HeartbeatInterval = ToDuration(network.HeartbeatInterval),
        Threshold = (double)network.FailureThreshold,
        AcceptablePause = ToDuration(network.AcceptableHeartbeatPause),
        MaxSamples = network.FailureSamples,
        MinDeviation = ToDuration(network.FailureMinDeviation),
    };

    private string NodeName() => Genesis.Validators.IndexOf(_signer.PublicKey) is { } index
        ? Genesis.Validators[index].Name.ToString()
        : "observer";

    private string AnnouncedAddress()
    {
        ListenOptions listen = _configuration.Listen;
        int port = listen.PublicPort != 0 ? listen.PublicPort : _transport.ListenEndPoint!.Port;
        return new NodeAddress(listen.PublicHostname, port).ToString();
    }

    private void OnRefused(ConnectionRefused refused)
    {
        string line = $"connection {(refused.Dialled ? "to" : "from")} {refused.Address}: "
            + $"{refused.Reason}, {refused.Detail}";
        if (refused.Reason == RefusalReason.Unreachable)
        {
            _log.Debug(line);
        }
        else
        {
            _log.Warning(line);
        }
    }

    private static Duration ToDuration(TimeSpan span) => new(span.Ticks / TimeSpan.TicksPerMicrosecond);

    private static bool IsConfiguredPeer(NodeConfiguration configuration, PublicKey key)
    {
        foreach (PeerEntry peer in configuration.Peers)
        {
            if (peer.PublicKey == key)
            {
                return true;
            }
        }

        return false;
    }

    private static void CheckRole(NodeConfiguration configuration, GenesisBlock genesis, PublicKey key)
    {
        bool isValidator = genesis.Validators.IndexOf(key) is not null;
        if (configuration.Role == NodeRole.Validator && !isValidator)
        {
            throw new SetupException(
                configuration.Keys.ValidatorKey,
                $"its public key {key} is not in the validator set of {configuration.GenesisFile}",
                "use the key of a validator, or set energy-node.role = observer");
        }

        if (configuration.Role == NodeRole.Observer && isValidator)
        {
            throw new SetupException(
                configuration.Keys.ValidatorKey,
                "its public key is in the validator set",
                "set energy-node.role = validator, or give the observer a key of its own");
        }
    }

    private static SqliteJournal OpenJournal(
        NodeConfiguration configuration, GenesisBlock genesis, PublicKey key, out bool isFirst)
    {
        string directory = configuration.DataDirectory;
        JournalIdentity identity = new(genesis.Chain.ToString(), genesis.ComputeHash(), key);
        bool exists = SqliteJournal.Exists(directory);
        if (!exists)
        {
            Directory.CreateDirectory(directory);
        }

        isFirst = FirstJournal.Begin(directory);
        if (exists)
        {
            return SqliteJournal.Open(directory, identity);
        }

        string copy = Path.Combine(directory, GenesisFile.Name);
        if (!File.Exists(copy))
        {
            GenesisFile.Save(copy, genesis);
        }

        return SqliteJournal.Create(directory, identity);
    }

    private static TransportOptions TransportOptionsOf(NodeConfiguration configuration, GenesisBlock genesis)
    {
        NetworkOptions network = configuration.Network;
        List<KnownPeer> peers = [];
        foreach (PeerEntry peer in configuration.Peers)
        {
            peers.Add(new KnownPeer(peer.PublicKey, [new PeerAddress(peer.Address.Host, peer.Address.Port)]));
        }

        ListenOptions listen = configuration.Listen;
        return new TransportOptions
        {
            ChainId = genesis.Chain.ToString(),
            Role = configuration.Role == NodeRole.Validator
                ? Actors.Ports.PeerRole.Validator
                : Actors.Ports.PeerRole.Observer,
            Listen = new IPEndPoint(ResolveListen(listen.Hostname), listen.Port),
            AdvertisedAddress = listen.PublicPort != 0
                ? new NodeAddress(listen.PublicHostname, listen.PublicPort).ToString()
                : "",
            Peers = peers.ToImmutableArray(),
            MaxFrameBytes = network.MaxFrameBytes,
            QueueFrames = network.SendQueueFrames,
            QueueBytes = Math.Max(NetworkLimits.QueueBytes, 2L * network.MaxFrameBytes),
            ClientQueueBytes = Math.Max(NetworkLimits.ClientQueueBytes, 2L * network.MaxFrameBytes),
            ConnectTimeout = network.ConnectTimeout,
            ReconnectMin = network.ReconnectMin,
            ReconnectMax = network.ReconnectMax,
            HeartbeatInterval = network.HeartbeatInterval,
            AcceptablePause = network.AcceptableHeartbeatPause,
        };
    }

    private static IPAddress ResolveListen(string host)
    {
        if (IPAddress.TryParse(host, out IPAddress? address))
        {
            return address;
        }

        IPAddress[] addresses = Dns.GetHostAddresses(host);
        return addresses.Length > 0
            ? addresses[0]
            : throw new SetupException(
                host, "this host name has no address", "set energy-node.listen.hostname to an address of this machine");
    }
}
