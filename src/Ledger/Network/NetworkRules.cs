namespace EnergyNode.Ledger;

/// <summary>
/// The network of zones and who trades where in it. The rules GRID-4… are those of docs/spec/grid.md. Each method
/// refuses before it changes anything.
/// </summary>
public sealed class NetworkRules(LedgerState state)
{
    /// <summary>Whether the books of a zone clear together with those of others.</summary>
    public bool IsCoupled(in BookParameters book) =>
        state.Lines.Count != 0 && state.Lines.Contains(new ZoneId(book.Zone));

    /// <summary>Whether the mechanism of a book is one that its zone permits (GRID-5).</summary>
    public bool Permits(in BookParameters book) =>
        book.Mechanism == BookMechanism.CallAuction || !IsCoupled(book);

    /// <summary>Whether an account may order in a book (GRID-6).</summary>
    public bool MayOrder(AccountId account, in BookParameters book) =>
        !IsCoupled(book)
        || (state.GridPlaces.TryGet(account, out GridPlace place) && place.Zone.Name == book.Zone);

    /// <summary>Why <see cref="Set"/> cannot be done; the error with the lowest number.</summary>
    public LedgerError Check(ZoneId zone, in GridLine line)
    {
        if (!state.Zones.Contains(zone) || (line.Parent is { } above && !state.Zones.Contains(above)))
        {
            return LedgerError.ZoneNotFound;
        }

        if (!AreCapacities(line))
        {
            return LedgerError.InvalidRating;
        }

        return !IsRadial(zone, line) ? LedgerError.GridNotRadial
            : !state.Lines.Contains(zone) && state.Lines.Count >= Limits.MaxGridZones ? LedgerError.TooManyGridZones
            : HasOtherBooks(zone) ? LedgerError.BookCannotCouple
            : LedgerError.None;
    }

    /// <summary>
    /// Takes a zone into the network or gives it another line; the caller has asked <see cref="Check"/>.
    /// </summary>
    public void Set(ZoneId zone, in GridLine line) => state.Lines.Set(zone, line);

    /// <summary>As <see cref="Set"/>, at genesis: the zone comes into being.</summary>
    public LedgerError Found(GenesisLine line)
    {
        if (state.Zones.Contains(line.Zone))
        {
            return LedgerError.ZoneAlreadyExists;
        }

        state.Zones.Set(line.Zone, 0);
        LedgerError refusal = Check(line.Zone, line.Line);
        if (refusal == LedgerError.None)
        {
            Set(line.Zone, line.Line);
        }

        return refusal;
    }

    private static bool AreCapacities(in GridLine line) => line.Parent is null
        ? line is { ExportW: 0, ImportW: 0 }
        : line.ExportW is >= 0 and <= Limits.MaxRatingW && line.ImportW is >= 0 and <= Limits.MaxRatingW;

    /// <summary>The parent is in the network and not below the zone.</summary>
    private bool IsRadial(ZoneId zone, in GridLine line)
    {
        ZoneId? above = line.Parent;
        while (above is { } parent)
        {
            if (parent == zone || !state.Lines.TryGet(parent, out GridLine next))
            {
                return false;
            }

            above = next.Parent;
        }

        return true;
    }

    /// <summary>
    /// Whether a book of the zone clears otherwise than by a call auction, now or from the next close on.
    /// </summary>
    private bool HasOtherBooks(ZoneId zone)
    {
        foreach (BookId book in state.Books.Keys)
        {
            if (IsOther(state.BookParameters[book], zone))
            {
                return true;
            }
        }

        foreach (BookId book in state.BookChanges.Keys)
        {
            if (IsOther(state.BookChanges[book], zone))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOther(in BookParameters book, ZoneId zone) =>
        book.Zone == zone.Name && book.Mechanism != BookMechanism.CallAuction;
}
