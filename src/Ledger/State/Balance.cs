namespace EnergyNode.Ledger;

/// <summary>
/// What an account has. Holds are part of the balance: reserved for open orders, not yet anybody else's.
/// </summary>
/// <param name="Money">May be below zero after a close: then the account owes the utility.</param>
/// <param name="MoneyHeld">0 … never more than was free when it was placed.</param>
/// <param name="Tokens">Never below zero.</param>
/// <param name="TokensHeld">0 … <paramref name="Tokens"/>.</param>
/// <param name="Bonded">Money at stake for a validator, unbonding included: part of the balance, and not free.</param>
public readonly record struct Balance(
    Money Money, Money MoneyHeld, Grid Tokens, Grid TokensHeld, Money Bonded = default)
{
    public Money FreeMoney => Money - MoneyHeld - Bonded;

    public Grid FreeTokens => Tokens - TokensHeld;

    internal void Encode(BorshWriter writer)
    {
        writer.I64(Money.Micro);
        writer.I64(MoneyHeld.Micro);
        writer.I64(Tokens.Units);
        writer.I64(TokensHeld.Units);
        writer.I64(Bonded.Micro);
    }

    /// <summary>Reads a balance; the caller checks <see cref="BorshReader.Ok"/>.</summary>
    public static Balance Decode(ref BorshReader reader) => new(
        new Money(reader.I64()),
        new Money(reader.I64()),
        new Grid(reader.I64()),
        new Grid(reader.I64()),
        new Money(reader.I64()));
}
