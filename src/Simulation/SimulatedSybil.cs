using System.Globalization;
using EnergyNode.Actors.Clients;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>
/// One of many made-up identities: a client or an observer whose key nobody registered. It floods every validator with
/// well-formed batches of its own, with questions and with noise, and comes again whenever it is cut.
/// </summary>
internal sealed class SimulatedSybil
{
    private const int PerTick = 4;
    private const int MaxNoiseBytes = 300;

    private static readonly Duration Interval = Duration.FromMillis(200);
    private static readonly Duration Validity = Duration.FromSeconds(60);

    private readonly SimulatedWorld _world;
    private readonly ISigner _signer;
    private readonly ITransport _transport;
    private readonly Dice _dice;
    private long _nonce;

    public SimulatedSybil(SimulatedWorld world, int index)
    {
        _world = world;
        string name = "stranger-" + index.ToString(CultureInfo.InvariantCulture);
        _signer = world.Keys.Signer(name);
        _dice = new Dice(world.Options.Seed, name);
        PeerRole role = index % 2 == 0 ? PeerRole.Client : PeerRole.Observer;
        world.Network.Add(Key, role, name, static _ => { });
        world.Network.Up(Key);
        _transport = world.Network.TransportOf(Key);
        world.Runner.Schedule(_dice.Between(default, Interval), Flood);
    }

    public PublicKey Key => _signer.PublicKey;

    private void Flood()
    {
        foreach (Validator validator in _world.Genesis.Validators.Validators)
        {
            for (int i = 0; i < PerTick; i++)
            {
                Send(validator.Key);
            }
        }

        _world.Runner.Schedule(Interval, Flood);
    }

    private void Send(PublicKey validator)
    {
        switch (_dice.Between(0, 2))
        {
            case 0:
                _nonce++;
                SignedBatch batch = SignedBatch.Sign(
                    _world.Genesis.Chain,
                    _nonce,
                    _world.Runner.Now.Plus(Validity),
                    BatchFlags.None,
                    [new Command.CloseEpoch(new EpochIndex(0))],
                    _signer);
                _transport.Send(validator, FrameKind.Submit, batch.Bytes);
                break;
            case 1:
                byte[] query = new ClientQuery.Receipts(_nonce, Hash32.Of(Noise())).ToArray();
                _transport.Send(validator, FrameKind.Query, query);
                break;
            default:
                _transport.Send(validator, (FrameKind)_dice.Between(0, (int)FrameKind.Receipts), Noise());
                break;
        }
    }

    private byte[] Noise()
    {
        byte[] bytes = new byte[_dice.Between(0, MaxNoiseBytes)];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)_dice.Between(0, byte.MaxValue);
        }

        return bytes;
    }
}
