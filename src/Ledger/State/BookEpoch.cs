using System;

namespace EnergyNode.Ledger;

/// <summary>The key of an <see cref="EpochResult"/>.</summary>
public readonly record struct BookEpoch(BookId Book, EpochIndex Epoch) : IComparable<BookEpoch>
{
    public int CompareTo(BookEpoch other)
    {
        int order = Book.CompareTo(other.Book);
        return order != 0 ? order : Epoch.CompareTo(other.Epoch);
    }
}
