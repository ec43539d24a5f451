namespace EnergyNode.Ledger;

/// <summary>
/// One request of one account. Executed in the order of its batch; a failed one gets a rejected receipt.
/// </summary>
public abstract partial record Command
{
    private Command()
    {
    }

    /// <summary>Adds an ordinary user with its key. By an authority.</summary>
    public sealed record RegisterUser(AccountId Account, UserKind Kind, PublicKey Key) : Command;

    /// <summary>Gives a meter to a user. By the AMI service.</summary>
    /// <param name="Key">The meter signs its readings with it.</param>
    /// <param name="ImportRatingW">The connection's rating for import in W, 1 … 10⁹.</param>
    /// <param name="ExportRatingW">The same for export.</param>
    public sealed record AssignMeter(
        MeterId Meter, AccountId Owner, PublicKey Key, long ImportRatingW, long ExportRatingW) : Command;

    /// <summary>Lets an agent place and cancel orders for an account, or ends that. By the account itself.</summary>
    public sealed record GrantAgent(AccountId Account, AccountId Agent, bool Granted) : Command;

    /// <summary>Books money in. By the treasury.</summary>
    public sealed record Deposit(AccountId Account, Money Amount) : Command;

    /// <summary>Books money out, at most what is free. By the treasury.</summary>
    public sealed record Withdraw(AccountId Account, Money Amount) : Command;

    /// <summary>Moves tokens between users. By the owner.</summary>
    public sealed record Transfer(AccountId From, AccountId To, Grid Amount) : Command;

    /// <summary>Sets the utility's prices from now on. By the oracle operator.</summary>
    /// <param name="Retail">What the utility charges for import that is not covered locally.</param>
    /// <param name="FeedIn">What it pays for tokens that nobody bought.</param>
    public sealed record SetTariff(Price Retail, Price FeedIn) : Command;

    /// <summary>Brings one meter's reading of the open epoch. By the oracle operator.</summary>
    public sealed record SubmitReading(MeterReading Reading) : Command;

    /// <summary>Places an order. By the account or its agent.</summary>
    /// <param name="Limit">For a bid all-in, grid fee included; for an ask what the seller wants.</param>
    public sealed record PlaceOrder(
        AccountId Account, BookId Book, Side Side, TimeInForce TimeInForce, Price Limit, WattHours Quantity) : Command
    {
        public OrderTerms Terms { get; init; }
    }

    /// <summary>Cancels what is left of an order. By the account or its agent.</summary>
    public sealed record CancelOrder(AccountId Account, OrderId Order) : Command;

    /// <summary>
    /// Gives an open order another limit and another open quantity. With the same limit and not more than is open it
    /// keeps its priority. What the order trades in the same segment before this counts against the quantity. By the
    /// account or its agent.
    /// </summary>
    public sealed record ReplaceOrder(AccountId Account, OrderId Order, Price Limit, WattHours Quantity) : Command;

    /// <summary>Cancels all open orders of an account. By the account or its agent.</summary>
    /// <param name="Book">Only those in this book; null for all books.</param>
    public sealed record CancelAll(AccountId Account, BookId? Book) : Command;

    /// <summary>
    /// Closes the open epoch: clears, settles, burns. By the oracle operator, under the oracle clock.
    /// </summary>
    public sealed record CloseEpoch(EpochIndex Epoch) : Command;

    /// <summary>Proves that a validator broke the protocol. By anybody, also a validator without an account.</summary>
    /// <param name="Evidence">1 … <see cref="Limits.MaxEvidenceBytes"/> bytes, see docs/spec/evidence.md.</param>
    public sealed record SubmitEvidence(System.ReadOnlyMemory<byte> Evidence) : Command
    {
        /// <summary>By the bytes.</summary>
        public bool Equals(SubmitEvidence? other) =>
            other is not null && System.MemoryExtensions.SequenceEqual(Evidence.Span, other.Evidence.Span);

        /// <inheritdoc/>
        public override int GetHashCode() => Evidence.Length;
    }
}
