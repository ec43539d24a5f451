namespace EnergyNode.Ledger;

/// <content>Tokens, beside <see cref="Transfer"/>.</content>
public abstract partial record Command
{
    /// <summary>Lets another user move tokens, up to an amount from now on; 0 ends it. By the owner.</summary>
    public sealed record Approve(AccountId Owner, AccountId Spender, Grid Amount) : Command;

    /// <summary>Moves another user's tokens within an allowance. By the spender.</summary>
    public sealed record TransferFrom(AccountId Spender, AccountId From, AccountId To, Grid Amount) : Command;

    /// <summary>By nobody: tokens come from readings, see <see cref="SubmitReading"/>.</summary>
    public sealed record Mint(AccountId Account, Grid Amount) : Command;

    /// <summary>Destroys free tokens of one's own. By the owner.</summary>
    public sealed record Burn(AccountId Account, Grid Amount) : Command;

    /// <summary>Binds oneself: stricter terms at once, looser ones later. By the owner.</summary>
    public sealed record SetSpendingPolicy(AccountId Account, SpendingTerms Terms) : Command;

    /// <summary>Ends a transfer that waits; its tokens are free again. By the sender.</summary>
    public sealed record CancelTransfer(AccountId Account, TransferId Id) : Command;
}
