using System;

namespace EnergyNode.Ledger;

/// <summary>
/// The rules of order books and how they change: <see cref="Set"/> notes a change, the next close of an epoch makes it
/// effective with <see cref="Apply"/>, after the orders of the book have ended.
/// </summary>
public sealed class BookRules(LedgerState state)
{
    /// <summary>What contradicts itself or is out of bounds, for people; null when nothing does.</summary>
    /// <param name="openEpoch">The epoch that is open when the parameters take effect.</param>
    public static string? Problem(in BookParameters book, EpochIndex openEpoch)
    {
        if (book.Mechanism > BookMechanism.PayAsBidAuction || book.Quality > EnergyQuality.Storage || book.Zone.IsEmpty)
        {
            return "the mechanism, the quality or the zone is unknown";
        }

        if (book.Tick.MicroPerKwh is < 1 or > Limits.MaxPriceMicroPerKwh)
        {
            return $"the tick must be between 1 and {Limits.MaxPriceMicroPerKwh} micro-units per kWh";
        }

        if (book.Lot.Wh is < 1 or > Limits.MaxEnergyWh)
        {
            return $"the lot must be between 1 and {Limits.MaxEnergyWh} Wh";
        }

        if (!IsPrice(book.Floor) || !IsPrice(book.Cap) || book.Floor > book.Cap
            || book.Floor.MicroPerKwh % book.Tick.MicroPerKwh != 0
            || book.Cap.MicroPerKwh % book.Tick.MicroPerKwh != 0)
        {
            return "floor and cap must be multiples of the tick, the floor not above the cap, both at most "
                + $"{Limits.MaxPriceMicroPerKwh} micro-units per kWh of either sign";
        }

        return book.Forward is { } forward ? ForwardProblem(forward, openEpoch) : null;
    }

    /// <summary>
    /// Notes the parameters of a book, old or new, that hold from the next close of an epoch on: then all orders of the
    /// book end, and it goes on with these. A later call before that close replaces them. The caller has checked who
    /// may ask.
    /// </summary>
    public LedgerError Set(BookId book, BookParameters parameters)
    {
        LedgerError refusal = Check(book, parameters);
        if (refusal == LedgerError.None)
        {
            state.BookChanges.Set(book, parameters);
        }

        return refusal;
    }

    /// <summary>Why <see cref="Set"/> would refuse.</summary>
    public LedgerError Check(BookId book, BookParameters parameters)
    {
        if (Problem(parameters, state.Totals.OpenEpoch.Next) is not null)
        {
            return LedgerError.InvalidBookParameters;
        }

        return !state.Books.Contains(book) && !state.BookChanges.Contains(book) && Planned() >= Limits.MaxBooks
            ? LedgerError.TooManyBooks
            : new NetworkRules(state).Permits(parameters) ? LedgerError.None
            : LedgerError.BookCannotCouple;
    }

    /// <summary>Adds a book without orders; for genesis and <see cref="Apply"/>.</summary>
    public void Add(BookId book, BookParameters parameters)
    {
        state.Books.Set(book, 0);
        state.BookParameters.Set(book, parameters);
    }

    /// <summary>
    /// At the end of a close: makes the noted changes effective and moves forward books on whose gate has closed. The
    /// orders of these books have ended.
    /// </summary>
    /// <param name="closed">The epoch that was just closed.</param>
    public void Apply(EpochIndex closed)
    {
        foreach (BookId book in state.Books.Keys)
        {
            BookParameters parameters = state.BookParameters[book];
            if (parameters.Forward is { } forward && parameters.IsOpen && forward.GateCloses.Value <= closed.Value)
            {
                state.BookParameters.Set(book, forward.Cycle == 0
                    ? parameters with { IsOpen = false }
                    : parameters with
                    {
                        Forward = forward with { Delivery = new EpochIndex(forward.Delivery.Value + forward.Cycle) },
                    });
            }
        }

        foreach (BookId book in state.BookChanges.Keys)
        {
            if (state.Books.GetOrDefault(book) != 0)
            {
                throw new InvalidOperationException($"Book {book} changes its rules with open orders.");
            }

            Add(book, state.BookChanges[book]);
            state.BookChanges.Remove(book);
        }
    }

    /// <summary>Whether all orders of the book end with the close of this epoch.</summary>
    public bool EndsOrders(BookId book, EpochIndex closing) =>
        state.BookChanges.Contains(book)
        || (state.BookParameters[book].Forward is { } forward && forward.GateCloses.Value <= closing.Value);

    private static bool IsPrice(Price price) =>
        price.MicroPerKwh is >= -Limits.MaxPriceMicroPerKwh and <= Limits.MaxPriceMicroPerKwh;

    private static string? ForwardProblem(in ForwardTerms forward, EpochIndex openEpoch)
    {
        if (forward.GateEpochs is < 0 or > Limits.MaxForwardEpochs
            || forward.Cycle is < 0 or > Limits.MaxForwardEpochs
            || forward.Delivery.Value > openEpoch.Value + Limits.MaxForwardEpochs
            || forward.Delivery.Value < 0)
        {
            return $"delivery, gate and cycle must be at most {Limits.MaxForwardEpochs} epochs ahead, none negative";
        }

        return forward.GateCloses.Value < openEpoch.Value
            ? "the gate of its delivery epoch would be closed from the start"
            : null;
    }

    private int Planned()
    {
        int books = state.Books.Count;
        foreach (BookId book in state.BookChanges.Keys)
        {
            books += state.Books.Contains(book) ? 0 : 1;
        }

        return books;
    }
}
