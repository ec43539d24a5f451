namespace EnergyNode.Ledger;

/// <summary>What the governance can decide: a closed set, see docs/spec/governance.md.</summary>
public abstract record GovernanceAction
{
    private GovernanceAction()
    {
    }

    /// <summary>Sets a price of the market.</summary>
    /// <param name="Value">0 … 10⁹ micro-units per kWh.</param>
    public sealed record SetPrice(MarketPrice Price, Price Value) : GovernanceAction;

    /// <summary>Sets how long an epoch waits for readings under the block clock.</summary>
    /// <param name="Grace">Not negative and shorter than an epoch.</param>
    public sealed record SetGrace(Duration Grace) : GovernanceAction;

    /// <summary>Sets the length of the epochs to come.</summary>
    /// <param name="Length">One second to one day, longer than the grace period.</param>
    public sealed record SetEpochLength(Duration Length) : GovernanceAction;

    /// <summary>Adds an order book, or gives one other rules: mechanism, open or shut, bounds.</summary>
    public sealed record SetBook(BookId Book, BookParameters Parameters) : GovernanceAction;

    /// <summary>Pauses or resumes trading.</summary>
    /// <param name="Book">In one book; null for the whole market.</param>
    public sealed record SetPause(BookId? Book, bool Paused) : GovernanceAction;

    /// <summary>Gives or takes one role; twice is once.</summary>
    /// <param name="Role">Exactly one.</param>
    public sealed record SetRole(AccountId Account, Role Role, bool Given) : GovernanceAction;

    /// <summary>Sets how the governance decides.</summary>
    public sealed record SetTerms(GovernanceTerms Terms) : GovernanceAction;

    /// <summary>Sets the grid fees of trades that stay within a zone (GRID-3).</summary>
    /// <param name="SameFeeder">0 to <paramref name="SameZone"/>.</param>
    /// <param name="SameZone">At most the market's grid fee.</param>
    public sealed record SetDistanceFees(Price SameFeeder, Price SameZone) : GovernanceAction;

    /// <summary>Sets what deviations cost (DEV-2).</summary>
    /// <param name="Short">0 … 10⁹ micro-units per kWh; null for the retail price.</param>
    /// <param name="Long">The same; null for the feed-in price.</param>
    public sealed record SetDeviationPrices(Price? Short, Price? Long) : GovernanceAction;

    /// <summary>Sets what oracle operations cost, and their number in an epoch (ORACLE-4).</summary>
    public sealed record SetOracleTerms(OracleTerms Terms) : GovernanceAction;

    /// <summary>Sets what is lost on the way of traded energy, from the next epoch on (GRID-11).</summary>
    public sealed record SetLossFactors(LossFactors Factors) : GovernanceAction;

    /// <summary>From a height on, only software that knows a later version of the protocol goes on.</summary>
    /// <param name="Version">Above the present one.</param>
    /// <param name="Height">
    /// Of the first block that needs it; above that of the block that makes this effective.
    /// </param>
    public sealed record UpgradeProtocol(int Version, Height Height) : GovernanceAction;

    /// <summary>Lets a validator in, gives it another power, or sends it away (STAKE-13).</summary>
    /// <param name="Name">Of a new validator, or the one that the key has.</param>
    /// <param name="Power">1 … 10¹⁸; 0 sends away. On an open chain 0 only: there the stake decides.</param>
    public sealed record SetValidator(PublicKey Key, Label Name, long Power) : GovernanceAction;

    /// <summary>From a height on, blocks are decided by another protocol; docs/spec/switch.md says how.</summary>
    /// <param name="Height">The first that the new protocol decides; SWITCH-1 says how far ahead it must be.</param>
    public sealed record ChangeConsensus(ConsensusRules Rules, Height Height) : GovernanceAction;

    /// <summary>Takes a zone into the network, or gives it another line (GRID-4).</summary>
    public sealed record SetLine(ZoneId Zone, GridLine Line) : GovernanceAction;
}
