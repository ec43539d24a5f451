using EnergyNode.Actors;
using EnergyNode.Actors.Clients;
using EnergyNode.Actors.Node;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Consensus.Pbft;
using EnergyNode.Consensus.Pos;
using EnergyNode.Consensus.Pow;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>One validator through all of its lives: the real actors on a simulated disk, network and clock.</summary>
internal sealed class SimulatedNode
{
    private readonly SimulatedWorld _world;
    private readonly ISigner _signer;
    private readonly VoteChecker _votes;
    private readonly SimulatedDisk _disk = new();
    private readonly Dice _dice;
    private readonly Liar? _liar;
    private readonly PauseGate _gate;
    private ActorSystem? _system;
    private SimulatedJournal? _journal;
    private NodeActors? _actors;
    private SimulatedMiner? _miner;
    private IConsensus? _machine;
    private bool _faultSeen;
    private bool _wasWiped;
    private bool _isDamaged;
    private Height _announced;

    public SimulatedNode(SimulatedWorld world, int index, ISigner signer)
    {
        _world = world;
        _signer = signer;
        Index = index;
        _gate = new PauseGate(world.Runner);
        Name = SimulatedMarket.ValidatorName(index);
        _dice = new Dice(world.Options.Seed, "disk of " + Name);
        _votes = new VoteChecker(
            signer.PublicKey,
            world.Chain,
            world.Polkas,
            Name,
            world.Log,
            world.Shared.Verifications,
            world.Genesis.ConsensusWindow);
        foreach (LiarPlan plan in world.Plan.Liars)
        {
            if (plan.Node == index)
            {
                _liar = new Liar(world.Options.Seed, world.Runner, world.Genesis, plan, signer, world.Conspiracy);
            }
        }

        world.Network.Add(signer.PublicKey, PeerRole.Validator, Name + ":7000", OnNetwork);
    }

    public int Index { get; }

    public string Name { get; }

    public PublicKey Key => _signer.PublicKey;

    /// <summary>Its promises count. A liar's do not.</summary>
    public bool IsHonest => _liar is null;

    public bool IsUp => _system is not null;

    public SimulatedDisk Disk => _disk;

    /// <summary>Its disk failed, and it stopped for it: loudly, as it should.</summary>
    public bool HasLostStorage { get; private set; }

    /// <summary>How often that happened.</summary>
    public int LoudStops { get; private set; }

    /// <summary>How wrong its clock is, from the next start on.</summary>
    public ClockSkew Skew { get; set; }

    /// <summary>Null until its journal is replayed.</summary>
    public ConsensusStatus? Status => IsUp ? _machine?.Status : null;

    /// <summary>The last block that it executed in this life.</summary>
    public Height Height { get; private set; }

    public Hash32 StateRoot { get; private set; }

    /// <summary>Tells a running node something that the network has not brought.</summary>
    public void Deliver(object message) => _actors?.Peers.Tell(message);

    public void Start()
    {
        if (IsUp)
        {
            return;
        }

        SkewedClock clock = new(_world.Runner, _world.Start, Skew, _gate);
        _faultSeen = false;
        _system = ActorSystem.Create(Name, _world.Runner, clock, NodeActors.SystemSettings);
        _journal = new SimulatedJournal(_gate, _disk, _dice, _world.Plan.Disk)
        {
            OnAppended = OnAppended,
            OnDurable = OnDurable,
        };
        IJournal journal = _world.Options.Sabotage?.Journal?.Invoke(Index, _journal) ?? _journal;
        _world.Network.Up(Key);
        NodeSettings settings = new(
            _world.Options.Sabotage?.Genesis?.Invoke(Index, _world.Genesis) ?? _world.Genesis,
            CreateConsensus,
            new MempoolLimits(),
            new NodeTimings())
        {
            MayHaveForgotten = _wasWiped,
        };
        _miner = new SimulatedMiner(
            _world.Runner, new Dice(_world.Options.Seed, "miner of " + Name), _world.Options.Validators);
        ITransport transport = _world.Network.TransportOf(Key);
        NodePorts ports = new(journal, _liar?.Wrap(transport) ?? transport, _signer, _world.Keys)
        {
            Miner = _miner,

            // A node with a genesis of its own verifies by it.
            Shared = _world.Options.Sabotage?.Genesis is null ? _world.Shared : null,
        };
        _system.ActorOf(
            Props.Create(() => new WitnessActor(message => _world.Evidence.OnPublished(Index, Name, message))),
            "witness");
        _actors = NodeActors.Start(_system, settings, ports);
    }

    /// <summary>Power off: nothing is finished, and what is not durable may be lost.</summary>
    public void Crash()
    {
        if (!IsUp)
        {
            return;
        }

        _system!.Kill();
        _system = null;
        _actors = null;
        _miner!.Cancel();
        _machine = null;
        _liar?.Stop();
        _gate.Clear();
        _journal!.Crash();
        _world.Network.Down(Key);
        Height = Height.Genesis;
        StateRoot = default;
    }

    /// <summary>The machine is replaced: its disk is gone, its key is not.</summary>
    public void Wipe()
    {
        Crash();
        _disk.Clear();
        _votes.OnLost();
        _world.Evidence.OnLost(Index);
        _wasWiped = true;
        _announced = Height.Genesis;
    }

    /// <summary>Nothing happens in it for a while.</summary>
    public void Pause(Duration time)
    {
        if (IsUp)
        {
            _gate.Pause(time);
        }
    }

    /// <summary>Something is wrong with its disk: it may stop, and must not go on with a wrong state.</summary>
    public void Damage(FaultEvent fault)
    {
        string stream = _dice.Chance(700) ? PersistenceIds.Blocks : PersistenceIds.Consensus;
        switch (fault)
        {
            case FaultEvent.FillDisk:
                _disk.IsFull = _isDamaged = true;
                break;
            case FaultEvent.RotDisk:
                Crash();
                _isDamaged |= _disk.Rot(stream, _dice);
                break;
            case FaultEvent.MisdirectWrite:
                Crash();
                _isDamaged |= _disk.Misdirect(stream, _dice);
                break;
        }
    }

    /// <summary>Somebody has put in a new disk: nothing of the old one is left.</summary>
    public void ReplaceDisk()
    {
        Wipe();
        HasLostStorage = false;
        _isDamaged = false;
        Start();
    }

    /// <summary>Reports once that the node has stopped by itself.</summary>
    public void CheckAlive()
    {
        if (_faultSeen || _system?.FaultCause is not { } cause)
        {
            return;
        }

        _faultSeen = true;
        if (_isDamaged)
        {
            HasLostStorage = true;
            LoudStops++;
            Crash();
        }
        else if (cause is NodeForkedException && _world.Chain.MayFork)
        {
            _world.Chain.DetectedForks++;
        }
        else if (IsHonest)
        {
            _world.Log.Add(ViolationKind.NodeStopped, $"{Name} stopped: {cause.GetType().Name}: {cause.Message}");
        }
    }

    /// <summary>A frame leaves this node.</summary>
    public void OnSent(SentFrame frame)
    {
        if (!IsHonest)
        {
            return;
        }

        switch (frame.Kind)
        {
            case FrameKind.Consensus when !_world.Evidence.Liars.Contains(Index):
                _votes.OnSent(frame.Payload);
                break;
            case FrameKind.Receipts:
                if (ClientReceipt.Decode(frame.Payload.Span) is ClientReceipt.Final final)
                {
                    Announce(final);
                }

                break;
            case FrameKind.Answer:
                if (ClientAnswer.Decode(frame.Payload.Span)
                    is ClientAnswer.Receipts { Receipt: ClientReceipt.Final found })
                {
                    Announce(found);
                }

                break;
        }
    }

    private void Announce(ClientReceipt.Final final)
    {
        if (_disk.Highest(PersistenceIds.Blocks) < final.Height.Value)
        {
            _world.Log.Add(
                ViolationKind.PersistBeforeSend,
                $"{Name} announces block {final.Height} as final before it is durable");
        }

        _announced = final.Height > _announced ? final.Height : _announced;
    }

    private void OnAppended(JournalRecord record)
    {
        if (IsHonest && record.PersistenceId == PersistenceIds.Blocks)
        {
            _world.Chain.OnDecided(Name, record);
        }

        _world.Evidence.OnAppended(Index, Height, record);
    }

    private void OnDurable(JournalRecord record)
    {
        if (IsHonest && record.PersistenceId == PersistenceIds.Consensus)
        {
            _votes.OnDurable(record);
        }

        _world.Evidence.OnDurable(Index, record);
    }

    private IConsensus CreateConsensus(ChainHead head)
    {
        Height = head.Height;
        StateRoot = head.StateRoot;
        if (IsHonest)
        {
            _world.Chain.OnRecovered(Name, head, _announced);
        }

        IConsensus machine = CreateMachine(head);
        machine = _world.Options.Sabotage?.Consensus?.Invoke(Index, machine) ?? machine;
        _machine = new ObservedConsensus(machine, OnApplied);
        return _machine;
    }

    private IConsensus CreateMachine(ChainHead head)
    {
        ChainTip tip = new(head.Height, head.BlockHash, head.Time, head.Proposer);
        ValidatorIndex? self = head.Validators.IndexOf(Key);
        ChainId chain = _world.Genesis.Chain;
        switch (head.Rules.Protocol)
        {
            case ConsensusProtocol.Pos:
                PosOptions pos = new()
                {
                    Chain = chain,
                    Self = self,
                    SelfKey = Key,
                    Validators = head.Validators,
                    SetSince = head.Sets.Since,
                    Tip = tip,
                };
                Learn(pos.ProposeTimeout);
                return new PosMachine(pos);
            case ConsensusProtocol.Pow:
                return new PowMachine(new PowOptions
                {
                    Chain = chain,
                    Self = self,
                    Validators = head.Validators,
                    Tip = head.Final,
                    Work = head.Rules.Work!,
                });
            default:
                PbftOptions pbft = new()
                {
                    Chain = chain,
                    Self = self,
                    SelfKey = Key,
                    Validators = head.Validators,
                    SetSince = head.Sets.Since,
                    Border = head.Sets.Border,
                    Tip = tip,
                    TipCertificate = head.Certificate,
                    Window = _world.Genesis.ConsensusWindow,
                };
                Learn(pbft.ViewTimeout);
                return new PbftMachine(pbft);
        }
    }

    private void Learn(Duration patience)
    {
        if (_liar is not null)
        {
            _liar.Patience = patience;
        }
    }

    private void OnApplied(ConsensusInput.Applied applied)
    {
        Height = applied.Height;
        StateRoot = applied.StateRoot;
        if (IsHonest)
        {
            _world.Chain.OnState(Name, applied.Height, applied.StateRoot, applied.ReceiptsRoot);
        }
    }

    private void OnNetwork(object message)
    {
        if (_liar is null || message is not FrameReceived frame || _liar.Arrives(frame))
        {
            if (_gate.IsOpen)
            {
                _actors?.Peers.Tell(message);
            }
            else
            {
                Hold(message);
            }
        }
    }

    /// <summary>Apart, as most messages are not held and need no object for it.</summary>
    private void Hold(object message) => _gate.Pass(() => _actors?.Peers.Tell(message));
}
