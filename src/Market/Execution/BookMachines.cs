using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Execution;

/// <summary>All books of a market in one place, for whoever executes blocks without actors.</summary>
public sealed class BookMachines
{
    private readonly Dictionary<BookId, BookMachine> _books = [];

    /// <summary>The book of this name; an empty one when it never had work.</summary>
    public BookMachine this[BookId book]
    {
        get
        {
            if (!_books.TryGetValue(book, out BookMachine? machine))
            {
                machine = new BookMachine(book);
                _books.Add(book, machine);
            }

            return machine;
        }
    }

    public BookSliceResult Apply(BookSlice slice) => this[slice.Book].Apply(slice);
}
