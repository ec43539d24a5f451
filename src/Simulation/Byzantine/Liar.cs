using System;
using System.Collections.Generic;
using EnergyNode.Actors;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>
/// A validator that lies: a whole honest node, with everything that leaves and enters it passed through its lies. It
/// signs with its own key only. What it knows outlives its process.
/// </summary>
internal sealed class Liar
{
    /// <summary>How often lies act of their own accord.</summary>
    public static readonly Duration TickInterval = Duration.FromMillis(250);

    private readonly SeededRunner _runner;
    private readonly GenesisBlock _genesis;
    private readonly List<Lie> _lies = [];
    private readonly MessageSigner _signer;
    private readonly int _eagerness;
    private ITransport? _out;
    private ReadOnlyMemory<byte> _lastSent;
    private SignedMessage? _lastMessage;
    private ConsensusMessage? _lastExtra;
    private byte[] _lastExtraBytes = [];
    private int _life;

    /// <param name="plot">Null: it lies alone.</param>
    public Liar(
        ulong seed, SeededRunner runner, GenesisBlock genesis, LiarPlan plan, ISigner signer, Conspiracy? plot)
    {
        _runner = runner;
        _genesis = genesis;
        Index = plan.Node;
        Key = signer.PublicKey;
        Dice = new Dice(seed, "liar " + genesis.Validators[new ValidatorIndex(plan.Node)].Name);
        _signer = new MessageSigner(genesis.Chain, signer);
        _eagerness = Dice.Between(300, 1_000);
        List<Strategy> strategies = [.. plan.Strategies];
        strategies.Sort();
        foreach (Strategy strategy in strategies)
        {
            _lies.Add(Create(strategy));
        }

        if (plot is not null)
        {
            _lies.Add(new ForkLie(plot));
        }
    }

    public int Index { get; }

    public PublicKey Key { get; }

    public Dice Dice { get; }

    public ValidatorSet Validators => _genesis.Validators;

    /// <summary>How long the others wait before they give up on the first attempt at a height.</summary>
    public Duration Patience { get; set; } = Duration.FromSeconds(2);

    /// <summary>The transport of one life of its node.</summary>
    public ITransport Wrap(ITransport transport)
    {
        _out = transport;
        _life++;
        ScheduleTick(_life);
        return new Port(this, transport);
    }

    /// <summary>The node's process is gone; it lies no more until it is back.</summary>
    public void Stop()
    {
        _out = null;
        _life++;
    }

    /// <returns>False when the honest node inside must not see the frame.</returns>
    public bool Arrives(FrameReceived frame)
    {
        bool seen = true;
        foreach (Lie lie in _lies)
        {
            seen &= lie.Arrives(frame, this);
        }

        return seen;
    }

    /// <summary>Whether it lies this time: some liars nearly always do, some now and then.</summary>
    public bool Feels() => Dice.Chance(_eagerness);

    /// <summary>The same answer each time for the same question; so that a lie is told consistently.</summary>
    public bool FeelsAbout(ulong what, int permille)
    {
        Fingerprint print = default;
        print.Add(what);
        print.Add((ulong)Index);
        return print.Value % 1_000 < (ulong)permille;
    }

    /// <summary>Its signature under whatever it likes to say, encoded.</summary>
    public byte[] Sign(ConsensusMessage message)
    {
        if (!ReferenceEquals(message, _lastExtra))
        {
            _lastExtra = message;
            _lastExtraBytes = _signer.Sign(message, new ValidatorIndex(Index)).Value.ToArray();
        }

        return _lastExtraBytes;
    }

    public void Send(int to, FrameKind kind, ReadOnlyMemory<byte> payload)
    {
        if (to != Index && to >= 0)
        {
            _out?.Send(Validators[new ValidatorIndex(to)].Key, kind, payload);
        }
    }

    /// <summary>Another validator than itself.</summary>
    public int AnyOther() =>
        Validators.Count == 1 ? Index : (Index + Dice.Between(1, Validators.Count - 1)) % Validators.Count;

    private void ScheduleTick(int life) => _runner.Schedule(TickInterval, () =>
    {
        if (life == _life)
        {
            foreach (Lie lie in _lies)
            {
                lie.Tick(this);
            }

            ScheduleTick(life);
        }
    });

    private bool Leaves(ITransport transport, PublicKey peer, FrameKind kind, ReadOnlyMemory<byte> payload)
    {
        int to = Validators.IndexOf(peer)?.Value ?? -1;
        Departure frame = new(to, kind, payload, kind == FrameKind.Consensus ? Decode(payload) : null);
        foreach (Lie lie in _lies)
        {
            lie.Leaves(frame, this);
        }

        if (frame.IsDropped)
        {
            return true;
        }

        if (frame.Delay == default)
        {
            return transport.Send(peer, kind, frame.Payload);
        }

        _runner.Schedule(frame.Delay, () => transport.Send(peer, kind, frame.Payload));
        return true;
    }

    /// <summary>A broadcast is decoded once.</summary>
    private SignedMessage? Decode(ReadOnlyMemory<byte> payload)
    {
        if (!payload.Equals(_lastSent))
        {
            _lastSent = payload;
            _lastMessage = SignedMessage.Decode(payload.Span);
        }

        return _lastMessage;
    }

    private static Lie Create(Strategy strategy) => strategy switch
    {
        Strategy.Equivocate => new EquivocateLie(),
        Strategy.DoubleVote => new DoubleVoteLie(),
        Strategy.Amnesia => new AmnesiaLie(),
        Strategy.Withhold => new WithholdLie(),
        Strategy.Delay => new DelayLie(),
        Strategy.Invalid => new InvalidLie(),
        Strategy.Replay => new ReplayLie(),
        Strategy.Flood => new FloodLie(),
        Strategy.Censor => new CensorLie(),
        Strategy.LieInViewChange => new ViewChangeLie(),
        Strategy.LieInSync => new SyncLie(),
        Strategy.LieToClients => new ClientLie(),
        Strategy.Mutate => new MutateLie(),
        Strategy.Silent => new SilentLie(),
        _ => throw new ArgumentOutOfRangeException(nameof(strategy)),
    };

    private sealed class Port(Liar liar, ITransport transport) : ITransport
    {
        public bool Send(PublicKey peer, FrameKind kind, ReadOnlyMemory<byte> payload) =>
            liar.Leaves(transport, peer, kind, payload);

        public void Throttle(PublicKey peer, Duration pause) => transport.Throttle(peer, pause);

        public void Refuse(PublicKey peer, Duration time, string reason) => transport.Refuse(peer, time, reason);
    }
}
