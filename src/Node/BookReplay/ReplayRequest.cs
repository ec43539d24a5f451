using EnergyNode.Market.Books;

namespace EnergyNode.Node.BookReplay;

/// <summary>One line of the input.</summary>
/// <param name="Order">Of add all counts; of replace the id, the price and the quantity; of cancel the id.</param>
internal readonly record struct ReplayRequest(ReplayOperation Operation, BookOrder Order);
