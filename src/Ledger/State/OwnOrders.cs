using System.Collections.Generic;

namespace EnergyNode.Ledger;

/// <summary>
/// Finds the open orders of an account without looking at all orders. It follows from the order leaves and is no part
/// of the state: entries of orders that ended, or whose number was taken back and given again, are passed over.
/// </summary>
internal sealed class OwnOrders(Table<OrderId, OpenOrder> orders)
{
    private const int Slack = 16;

    private readonly Dictionary<AccountId, SortedDictionary<BookId, Entries>> _accounts = [];

    public void Add(AccountId account, BookId book, OrderId order)
    {
        if (!_accounts.TryGetValue(account, out SortedDictionary<BookId, Entries>? books))
        {
            books = [];
            _accounts.Add(account, books);
        }

        if (!books.TryGetValue(book, out Entries? entries))
        {
            entries = new Entries();
            books.Add(book, entries);
        }

        entries.Ids.Add(order);
        if (entries.Ids.Count > (2 * entries.Kept) + Slack)
        {
            Tidy(account, book, entries);
        }
    }

    /// <summary>
    /// Takes out the open orders of an account, by book and in ascending order: the caller sees to it that they all end
    /// with the segment. So each order is found once, however often an account asks.
    /// </summary>
    /// <param name="book">Null for all books.</param>
    public void Drain(AccountId account, BookId? book, List<OrderId> found)
    {
        if (!_accounts.TryGetValue(account, out SortedDictionary<BookId, Entries>? books))
        {
            return;
        }

        foreach ((BookId name, Entries entries) in books)
        {
            if (book is null || name == book)
            {
                Tidy(account, name, entries);
                found.AddRange(entries.Ids);
                entries.Ids.Clear();
                entries.Kept = 0;
            }
        }
    }

    private void Tidy(AccountId account, BookId book, Entries entries)
    {
        List<OrderId> ids = entries.Ids;
        ids.Sort();
        int kept = 0;
        for (int i = 0; i < ids.Count; i++)
        {
            OrderId id = ids[i];
            bool repeated = kept > 0 && ids[kept - 1] == id;
            if (!repeated && orders.TryGet(id, out OpenOrder order) && order.Owner == account && order.Book == book)
            {
                ids[kept++] = id;
            }
        }

        ids.RemoveRange(kept, ids.Count - kept);
        entries.Kept = kept;
    }

    private sealed class Entries
    {
        public List<OrderId> Ids { get; } = [];

        /// <summary>How many were open when it was looked at last.</summary>
        public int Kept { get; set; }
    }
}
