using System.Collections.Generic;

namespace EnergyNode.Ledger.Tests;

/// <summary>One value of every type of the governance.</summary>
internal static class GovernanceSamples
{
    private static readonly BookId Book = BookId.Parse("north-solar");
    private static readonly Instant Lock = Instant.FromSeconds(1_800_000_600);
    private static readonly Instant Expiry = Instant.FromSeconds(1_800_086_400);

    private static readonly BookParameters Forward = BookParameters.Default with
    {
        Mechanism = BookMechanism.PayAsBidAuction,
        Quality = EnergyQuality.Wind,
        Forward = new ForwardTerms(new EpochIndex(100), 4, 96),
    };

    private static readonly ConsensusRules ProofOfWork = new(
        ConsensusProtocol.Pow, new WorkParameters(Duration.FromMillis(500), 6, new Difficulty(1_024)));

    private static readonly LossFactors Losses =
        new(new LossFactor(10_000), new LossFactor(20_000), new LossFactor(Limits.MaxLossPpm));

    public static readonly IReadOnlyList<(string Name, Command Command)> Commands =
    [
        ("Propose a price", Propose(new GovernanceAction.SetPrice(MarketPrice.FeedIn, new Price(60_000)))),
        ("Propose a grace", Propose(new GovernanceAction.SetGrace(Duration.FromSeconds(30)))),
        ("Propose a length", Propose(new GovernanceAction.SetEpochLength(Duration.FromSeconds(300)))),
        ("Propose a book", Propose(new GovernanceAction.SetBook(Book, Forward))),
        ("Propose a pause", Propose(new GovernanceAction.SetPause(Book, true))),
        ("Propose to resume", Propose(new GovernanceAction.SetPause(null, false))),
        ("Propose a role", Propose(new GovernanceAction.SetRole(Account("bob"), Role.Treasury, true))),
        ("Propose terms",
            Propose(new GovernanceAction.SetTerms(new GovernanceTerms(3, Duration.FromSeconds(3_600))))),
        ("Propose an upgrade", Propose(new GovernanceAction.UpgradeProtocol(2, new Height(1_000)))),
        ("Propose a validator",
            Propose(new GovernanceAction.SetValidator(
                new ReferenceEd25519("validator-5").PublicKey, Label.Parse("validator-5"), 3))),
        ("Propose PoS", Propose(new GovernanceAction.ChangeConsensus(
            new ConsensusRules(ConsensusProtocol.Pos, null), new Height(1_000)))),
        ("Propose PoW", Propose(new GovernanceAction.ChangeConsensus(ProofOfWork, new Height(1_000)))),
        ("Propose a line", Propose(new GovernanceAction.SetLine(
            ZoneId.Parse("south"), new GridLine(ZoneId.Parse("north"), 5_000, 4_000)))),
        ("Propose a root", Propose(new GovernanceAction.SetLine(ZoneId.Parse("north"), default))),
        ("Propose fees", Propose(new GovernanceAction.SetDistanceFees(new Price(2_000), new Price(5_000)))),
        ("Propose deviation prices", Propose(new GovernanceAction.SetDeviationPrices(null, new Price(40_000)))),
        ("Propose oracle terms", Propose(new GovernanceAction.SetOracleTerms(new OracleTerms(new Money(50), 500)))),
        ("Propose loss factors", Propose(new GovernanceAction.SetLossFactors(Losses))),
        ("ApproveProposal", new Command.ApproveProposal(new ProposalId(4))),
        ("WithdrawApproval", new Command.WithdrawApproval(new ProposalId(4))),
        ("CancelProposal", new Command.CancelProposal(Account("alice"), new ProposalId(4))),
    ];

    /// <summary>One row in each table.</summary>
    public static void Fill(LedgerState state)
    {
        GovernanceAction.SetPrice action = new(MarketPrice.Retail, new Price(210_000));
        state.Proposals.Set(
            new ProposalId(2),
            new Proposal(action, Account("alice"), Lock, Expiry, [Account("alice"), Account("bob")]));
        state.PausedBooks.Set(Book, true);
        state.Decisions.Set(
            1,
            new GovernanceDecision(
                new ProposalId(1),
                Account("bob"),
                [Account("bob"), Account("alice")],
                new EpochIndex(3),
                new Height(9),
                Lock,
                action,
                action with { Value = new Price(220_000) },
                LedgerError.None));
        state.OracleTerms = new OracleTerms(new Money(50), 500);
        state.LossFactors = Losses;
        state.OpenLosses.Set(Account("alice"), new Grid(30_000_007));
        state.OracleAccounts.Set(
            Account("alice"), new OracleAccount(new Money(2_950), new Money(50), new EpochIndex(3), 1));
        state.PastCalendars.Set(
            new EpochIndex(3), new EpochCalendar(Instant.FromSeconds(1_470_038_400), Duration.FromSeconds(900)));
        state.Governance = state.Governance with
        {
            LastProposal = new ProposalId(2),
            LastDecision = 1,
            Change = new ConsensusChange(ProofOfWork, new Height(1_000)),
        };
    }

    private static Command.Propose Propose(GovernanceAction action) => new(action, Lock, Expiry);

    private static AccountId Account(string name) => AccountId.Parse(name);
}
