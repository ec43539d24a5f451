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

    private static readonly Duration Validity = Duration.FromSeconds(1_800);

    /// <summary>No block before: clocks are skewed, and a batch may be delayed.</summary>
    private static readonly Duration Lock = Duration.FromSeconds(3);

    private static readonly Duration Life = Duration.FromSeconds(86_400);

    private readonly Dice _dice = new(options.Seed, "changes");
    private int _done;
    private long _nonce;

    /// <summary>How often the council looks.</summary>
    public static Duration Interval { get; } = Duration.FromMillis(500);

    /// <summary>Whether all changes have happened on the chain.</summary>
    public bool AreDone(ReferenceLedger ledger) => ledger.ProtocolChanges >= options.Changes.Count;

    /// <summary>What there is to propose now; null while the last proposal is still under way.</summary>
    public SignedBatch? Propose(ReferenceLedger ledger, Instant now)
    {
        _done = ledger.ProtocolChanges;
        ISigner signer = keys.Signer(Council);
        bool isUnderWay = !ledger.HasUsed(signer.PublicKey, _nonce) || ledger.Proposals > 0
            || ledger.Governance.Change is not null;
        if (AreDone(ledger) || isUnderWay)
        {
            return null;
        }

        ConsensusProtocol next = options.Changes[_done];
        ConsensusRules rules = new(next, next == ConsensusProtocol.Pow ? SimulatedMiner.Parameters : null);
        int ahead = (2 * GenesisBlock.DefaultConsensusWindow) + 1 + _dice.Between(6, 12);
        GovernanceAction action = new GovernanceAction.ChangeConsensus(
            rules, new Height(ledger.Height.Value + ahead));

        _nonce++;
        return SignedBatch.Sign(
            chain,
            _nonce,
            now.Plus(Validity),
            BatchFlags.None,
            [new Command.Propose(action, now.Plus(Lock), now.Plus(Life))],
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
