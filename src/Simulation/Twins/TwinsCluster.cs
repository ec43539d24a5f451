using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EnergyNode.Consensus;
using EnergyNode.Consensus.Pbft;
using EnergyNode.Consensus.Pos;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation.Twins;

/// <summary>
/// Runs scenarios against the consensus machines and the message codec: real statements, certificates and bytes, with
/// signatures that cost nanoseconds. There is no mempool and no disk: batches are always held, nobody crashes. In the
/// phase of a round messages cross a cut for nobody; afterwards the network is whole, until all agree or time is up.
/// </summary>
public sealed class TwinsCluster
{
    private static readonly ChainId Chain = ChainId.Parse("twins");
    private static readonly Hash32 GenesisHash = Hash32.Of("twins"u8);

    private readonly TwinsOptions _options;
    private readonly ValidatorSet _set;
    private readonly ISigner[] _signers;
    private readonly MessageVerifier _verifier;

    public TwinsCluster(TwinsOptions options)
    {
        options.Check();
        _options = options;
        SimulatedKeys keys = new();
        _signers = [.. Enumerable.Range(0, options.Validators).Select(i => keys.Signer($"validator {i}"))];
        _set = new ValidatorSet(
            _signers.Select((signer, i) => new Validator(Label.Parse($"v{i}"), signer.PublicKey, 1)));
        _verifier = new MessageVerifier(Chain, keys, options.Protocol);
    }

    /// <summary>May be called from several threads at once.</summary>
    public TwinsOutcome Run(TwinsScenario scenario) => new TwinsRun(this, scenario).Play();

    internal TwinsOptions Options => _options;

    internal ValidatorSet Set => _set;

    internal MessageVerifier Verifier => _verifier;

    internal MessageSigner SignerOf(TwinsReplica replica) => new(Chain, _signers[replica.Index.Value]);

    internal TwinsReplica CreateReplica(int number, IReadOnlyList<ValidatorIndex> leaders)
    {
        ValidatorIndex self = _options.IndexOf(number);
        return new TwinsReplica(number, self, _options.IsHonest(number), CreateMachine(self, leaders));
    }

    /// <summary>What a replica's mempool would put into a block: never the same in two replicas.</summary>
    internal static Hash32 BatchOf(int replica, Height height) => Hash32.Of(
        System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{replica}/{height.Value}")));

    private IConsensus CreateMachine(ValidatorIndex self, IReadOnlyList<ValidatorIndex> leaders)
    {
        ChainTip tip = ChainTip.Genesis(GenesisHash, new Instant(0));
        return _options.Protocol switch
        {
            ConsensusProtocol.Pbft => new PbftMachine(new PbftOptions
            {
                Chain = Chain,
                Self = self,
                Validators = _set,
                Tip = tip,
                ViewTimeout = TwinsLimits.RoundTimeout,
                MaxViewTimeout = TwinsLimits.RoundTimeout,
                ResendDelay = TwinsLimits.ResendDelay,
                Leaders = leaders,
            }),
            ConsensusProtocol.Pos => new PosMachine(new PosOptions
            {
                Chain = Chain,
                Self = self,
                Validators = _set,
                Tip = tip,
                ProposeTimeout = TwinsLimits.RoundTimeout,
                VoteTimeout = new Duration(TwinsLimits.RoundTimeout.Micros / 2),
                TimeoutIncrease = new Duration(0),
                MaxTimeout = TwinsLimits.RoundTimeout,
                ResendDelay = TwinsLimits.ResendDelay,
                Leaders = leaders,
            }),
            _ => throw new ArgumentOutOfRangeException(nameof(self), $"no twins of {_options.Protocol}"),
        };
    }
}
