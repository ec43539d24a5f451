using System;

namespace EnergyNode.Ledger;

/// <summary>An account's terms, what has been asked for instead, and what was spent.</summary>
/// <param name="Next">Looser terms that wait until <paramref name="NextFrom"/>.</param>
/// <param name="NextFrom">0 when none wait.</param>
/// <param name="Window">The period in which <paramref name="Spent"/> was spent: ⌊block time / period⌋.</param>
/// <param name="LockedTransfers">How many of its transfers wait.</param>
public readonly record struct SpendingPolicy(
    SpendingTerms Terms, SpendingTerms Next, Instant NextFrom, long Window, Grid Spent, int LockedTransfers)
{
    /// <summary>The policy with what has become due by now.</summary>
    public SpendingPolicy At(Instant now)
    {
        if (NextFrom.Micros == 0 || now < NextFrom)
        {
            return this;
        }

        return this with { Terms = Next, Next = default, NextFrom = default, Window = WindowOf(Next, now) };
    }

    /// <summary>Stricter terms count at once, looser ones after the longer of the old period and delay.</summary>
    public SpendingPolicy Ask(SpendingTerms terms, Instant now)
    {
        if (terms.AreAtLeastAsStrictAs(Terms))
        {
            long window = terms.Period == Terms.Period ? Window : WindowOf(terms, now);
            return this with { Terms = terms, Next = default, NextFrom = default, Window = window };
        }

        Duration wait = new(Math.Max(Terms.Period.Micros, Terms.Delay.Micros));
        return this with { Next = terms, NextFrom = now.Plus(wait) };
    }

    /// <summary>What may still leave the account in this period.</summary>
    public Grid Room(Instant now)
    {
        if (Terms.Period.Micros == 0)
        {
            return new Grid(Limits.MaxBalance);
        }

        return Window == WindowOf(Terms, now) ? Terms.Limit - Spent : Terms.Limit;
    }

    public SpendingPolicy Spend(Grid amount, Instant now)
    {
        if (Terms.Period.Micros == 0)
        {
            return this;
        }

        long window = WindowOf(Terms, now);
        return this with { Window = window, Spent = Window == window ? Spent + amount : amount };
    }

    internal void Encode(BorshWriter writer)
    {
        Terms.Encode(writer);
        Next.Encode(writer);
        writer.I64(NextFrom.Micros);
        writer.I64(Window);
        writer.I64(Spent.Units);
        writer.I64(LockedTransfers);
    }

    private static long WindowOf(SpendingTerms terms, Instant now) =>
        terms.Period.Micros == 0 ? 0 : now.Micros / terms.Period.Micros;
}
