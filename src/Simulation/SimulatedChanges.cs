using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>
/// The community's council: it proposes one change of the consensus protocol after the other, each as soon as the one
/// before has happened, and again when a proposal came too late.
/// </summary>
internal sealed class SimulatedChanges(SimulationOptions options, SimulatedKeys keys, ChainId chain)
{
    private const string Council = "council";

    /// <summary>How often the council looks.</summary>
    private static readonly Duration Interval = Duration.FromMillis(500);

    private static readonly Duration Validity = Duration.FromSeconds(1_800);

    /// <summary>No block before: clocks are skewed, and a batch may be delayed.</summary>
    private static readonly Duration Lock = Duration.FromSeconds(3);

    private static readonly Duration Life = Duration.FromSeconds(86_400);

    private readonly Dice _dice = new(options.Seed, "changes");
    private long _nonce;
    private int _extraEpochs;

    /// <summary>Whether all changes have happened on the chain.</summary>
    private bool AreDone(ReferenceLedger ledger) => ledger.ProtocolChanges >= options.Changes.Count;

    /// <summary>Proposes until all has happened. After healing, epochs go on until then: no block, no height.</summary>
    public void Start(SimulatedWorld world, ReferenceLedger ledger, SimulatedGateway gateway) =>
        world.Runner.Schedule(Interval, () => Look(world, ledger, gateway));

    private void Look(SimulatedWorld world, ReferenceLedger ledger, SimulatedGateway gateway)
    {
        if (AreDone(ledger))
        {
            return;
        }

        if (Propose(ledger, world.Runner.Now) is { } batch)
        {
            gateway.Submit(batch, mayFail: true);
        }

        if (world.Runner.Now >= world.Start.Plus(world.Plan.HealsAt))
        {
            gateway.Submit(options.Epochs + _extraEpochs++);
        }

        Start(world, ledger, gateway);
    }

    /// <summary>What there is to propose now; null while the last proposal is still under way.</summary>
    private SignedBatch? Propose(ReferenceLedger ledger, Instant now)
    {
        ISigner signer = keys.Signer(Council);
        bool isUnderWay = !ledger.HasUsed(signer.PublicKey, _nonce) || ledger.Proposals > 0
            || ledger.Governance.Change is not null;
        if (isUnderWay)
        {
            return null;
        }

        ConsensusProtocol next = options.Changes[ledger.ProtocolChanges];
        ConsensusRules rules = new(next, next == ConsensusProtocol.Pow ? SimulatedMiner.Parameters : null);
        int ahead = (2 * GenesisBlock.DefaultConsensusWindow) + 1 + _dice.Between(14, 24);
        GovernanceAction action = new GovernanceAction.ChangeConsensus(
            rules, new Height(ledger.Height.Value + ahead));

        Instant earliest = ledger.Time > now ? ledger.Time : now;
        _nonce++;
        return SignedBatch.Sign(
            chain,
            _nonce,
            now.Plus(Validity),
            BatchFlags.None,
            [new Command.Propose(action, earliest.Plus(Lock), earliest.Plus(Life))],
            signer);
    }

    /// <summary>The same chain with a council.</summary>
    public GenesisBlock Open(GenesisBlock genesis)
    {
        List<GenesisAccount> accounts = [.. genesis.Accounts];
        accounts.Add(new GenesisAccount(
            AccountId.Parse(Council),
            UserKind.Operator,
            Role.Governance,
            keys.Signer(Council).PublicKey,
            Money.Zero));
        return genesis with { Accounts = accounts };
    }
}
