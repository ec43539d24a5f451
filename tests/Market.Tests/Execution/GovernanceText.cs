using System;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>
/// The governance's commands as words: <c>propose ACTION [lock SECONDS] [until SECONDS]</c>, both counted from <see
/// cref="Start"/>, <c>back N</c>, <c>unback N</c>, <c>drop A N</c>. Actions: <c>price WHICH P</c>, <c>grace
/// SECONDS</c>, <c>length SECONDS</c>, <c>book NAME [shut] [continuous] [tick P]</c>, <c>pause|resume BOOK|all</c>,
/// <c>role A ROLE given|taken</c>, <c>terms M SECONDS</c>, <c>upgrade VERSION HEIGHT</c>,
/// <c>validator KEY POWER [as NAME]</c>, <c>consensus PROTOCOL HEIGHT [bare]</c>, <c>fees SAMEFEEDER SAMEZONE</c>,
/// <c>deviation SHORT LONG</c>, <c>oracle FEE PEREPOCH</c>, <c>line ZONE PARENT|none UP DOWN</c>,
/// <c>losses SAMEFEEDER SAMEZONE ACROSS</c>.
/// </summary>
internal static class GovernanceText
{
    public static readonly WorkParameters Work = new(Duration.FromMillis(500), 6, new Difficulty(64));

    public static readonly Instant Start = Instant.FromSeconds(1_800_000_000);

    /// <summary>Null when the first word is none of these.</summary>
    public static Command? Parse(string[] words) => words[0] switch
    {
        "propose" => new Command.Propose(
            Action(words), At(After(words, "lock") ?? 0), At(After(words, "until") ?? 86_400)),
        "back" => new Command.ApproveProposal(Proposal(words[1])),
        "unback" => new Command.WithdrawApproval(Proposal(words[1])),
        "drop" => new Command.CancelProposal(AccountId.Parse(words[1]), Proposal(words[2])),
        _ => null,
    };

    public static Instant At(long seconds) => Start.Plus(Duration.FromSeconds(seconds));

    private static GovernanceAction Action(string[] words) => words[1] switch
    {
        "price" => new GovernanceAction.SetPrice(
            Enum.Parse<MarketPrice>(words[2], ignoreCase: true), new Price(CommandText.Number(words[3]))),
        "grace" => new GovernanceAction.SetGrace(Seconds(words[2])),
        "length" => new GovernanceAction.SetEpochLength(Seconds(words[2])),
        "book" => new GovernanceAction.SetBook(
            BookId.Parse(words[2]),
            BookParameters.Default with
            {
                IsOpen = Array.IndexOf(words, "shut") < 0,
                Mechanism = Array.IndexOf(words, "continuous") < 0
                    ? BookMechanism.CallAuction
                    : BookMechanism.Continuous,
                Tick = new Price(After(words, "tick") ?? 1),
            }),
        "pause" => new GovernanceAction.SetPause(Book(words[2]), true),
        "resume" => new GovernanceAction.SetPause(Book(words[2]), false),
        "role" => new GovernanceAction.SetRole(
            AccountId.Parse(words[2]), Enum.Parse<Role>(words[3]), words[4] == "given"),
        "terms" => new GovernanceAction.SetTerms(
            new GovernanceTerms((int)CommandText.Number(words[2]), Seconds(words[3]))),
        "upgrade" => new GovernanceAction.UpgradeProtocol(
            (int)CommandText.Number(words[2]), new Height(CommandText.Number(words[3]))),
        "validator" => new GovernanceAction.SetValidator(
            MarketFixture.Key(words[2]),
            Label.Parse(Array.IndexOf(words, "as") is > 0 and int at ? words[at + 1] : words[2]),
            CommandText.Number(words[3])),
        "consensus" => new GovernanceAction.ChangeConsensus(
            Rules(words[2], Array.IndexOf(words, "bare") > 0), new Height(CommandText.Number(words[3]))),
        "line" => new GovernanceAction.SetLine(
            ZoneId.Parse(words[2]),
            new GridLine(
                words[3] == "none" ? null : ZoneId.Parse(words[3]),
                CommandText.Number(words[4]),
                CommandText.Number(words[5]))),
        "fees" => new GovernanceAction.SetDistanceFees(
            new Price(CommandText.Number(words[2])), new Price(CommandText.Number(words[3]))),
        "deviation" => new GovernanceAction.SetDeviationPrices(
            SettlementText.PriceOf(words[2]), SettlementText.PriceOf(words[3])),
        "oracle" => new GovernanceAction.SetOracleTerms(
            new OracleTerms(new Money(CommandText.Number(words[2])), CommandText.Number(words[3]))),
        "losses" => new GovernanceAction.SetLossFactors(new LossFactors(
            new LossFactor(CommandText.Number(words[2])),
            new LossFactor(CommandText.Number(words[3])),
            new LossFactor(CommandText.Number(words[4])))),
        _ => throw new FormatException($"'{words[1]}' is no action"),
    };

    /// <summary>Work belongs to proof of work; bare rules have it the wrong way round.</summary>
    private static ConsensusRules Rules(string word, bool bare)
    {
        Assert.True(ConsensusProtocols.TryParse(word, out ConsensusProtocol protocol));
        return new ConsensusRules(protocol, (protocol == ConsensusProtocol.Pow) != bare ? Work : null);
    }

    private static BookId? Book(string name) => name == "all" ? null : BookId.Parse(name);

    private static ProposalId Proposal(string number) => new(CommandText.Number(number));

    private static Duration Seconds(string number) => Duration.FromSeconds(CommandText.Number(number));

    private static long? After(string[] words, string word) =>
        Array.IndexOf(words, word) is > 0 and int index ? CommandText.Number(words[index + 1]) : null;
}
