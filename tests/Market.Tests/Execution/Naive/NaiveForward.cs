using System.Numerics;

namespace EnergyNode.Market.Tests.Execution.Naive;

/// <summary>
/// An order in a naive forward book. Pending until its book has it, leaving until its book has let it go.
/// </summary>
internal sealed record NaiveForward(
    long Id, string Owner, string Book, bool Buys, string Force, BigInteger Limit, BigInteger Rest)
{
    public bool Pending { get; init; }

    public bool Leaving { get; init; }
}
