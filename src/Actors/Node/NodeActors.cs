using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>A node's actors, wired by hand. The same in production and in simulation.</summary>
/// <param name="Peers">Takes what the transport tells.</param>
public sealed record NodeActors(
    IActorRef Peers,
    IActorRef Mempool,
    IActorRef Consensus,
    IActorRef Ledger,
    IActorRef Sync,
    IActorRef ReadModel,
    IActorRef Suspicion,
    IActorRef Sentinel)
{
    /// <summary>The guardian's strategy that a node's system must have: a failure of the core stops the node.</summary>
    public static ActorSystemSettings SystemSettings { get; } =
        new() { GuardianStrategy = SupervisorStrategy.Escalating };

    /// <summary>Starts all actors; they take part once the journal is replayed.</summary>
    /// <param name="system">Made with <see cref="SystemSettings"/>.</param>
    public static NodeActors Start(ActorSystem system, NodeSettings settings, NodePorts ports)
    {
        GenesisBlock genesis = settings.Genesis;
        NodeIdentity identity = new(genesis, ports.Signer.PublicKey);
        IActorRef peers = system.ActorOf(
            Props.Create(() => new PeersActor(identity, ports.Transport, ports.Shared?.Digests)), "peers");
        IActorRef mempool = system.ActorOf(
            Props.Create(() => new MempoolActor(
                identity,
                settings.Timings,
                settings.Mempool,
                ports.Signatures,
                ports.Journal,
                ports.Transport,
                peers)),
            "mempool");
        IActorRef sync = system.ActorOf(
            Props.Create(() => new SyncActor(
                identity, settings.Timings, ports.Signatures, ports.Journal, ports.Transport, mempool)),
            "sync");
        IActorRef consensus = system.ActorOf(
            Props.Create(() => new ConsensusActor(
                identity,
                settings.CreateConsensus,
                ports.Signer,
                ports.Signatures,
                ports.Journal,
                ports.Transport,
                mempool,
                sync,
                ports.Miner,
                ports.Shared?.Verifications,
                settings.MayHaveForgotten)),
            "consensus");
        IActorRef readModel = system.ActorOf(Props.Create(() => new ReadModelActor(peers)), "readmodel");
        IActorRef sentinel = system.ActorOf(
            Props.Create(() => new SentinelActor(
                identity,
                settings.Timings,
                ports.Signer,
                ports.Signatures,
                ports.Journal,
                ports.Transport,
                mempool,
                peers)),
            "sentinel");

        // Before it runs: consensus tells once that this node leads, perhaps before the sentinel has started.
        system.EventStream.Subscribe(sentinel, typeof(SentinelMessage.Leading));
        IActorRef suspicion = system.ActorOf(
            Props.Create(() => new SuspicionActor(identity, settings.Timings.FailureDetector)), "suspicion");
        IActorRef market = system.ActorOf(
            Props.Create(() => new MarketActor(genesis.Books))
                .WithSupervisorStrategy(SupervisorStrategy.Escalating),
            "market");

        // Who looks up senders in the set hears of a new one before consensus passes on its first message.
        IActorRef ledger = system.ActorOf(
            Props.Create(() => new LedgerActor(
                genesis,
                ports.Journal,
                ports.Signatures,
                market,
                [mempool, suspicion, sentinel, peers, consensus, sync, readModel],
                ports.Shared?.Hashes)),
            "ledger");
        mempool.Tell(new MempoolActor.Wire(consensus, ledger));
        sync.Tell(new SyncActor.Wire(consensus));
        peers.Tell(new PeersActor.Wire(consensus, mempool, ledger, sync, readModel) { Sentinel = sentinel });
        return new NodeActors(peers, mempool, consensus, ledger, sync, readModel, suspicion, sentinel);
    }
}
