using System.Numerics;

namespace EnergyNode.Market.Tests.Execution.Naive;

/// <summary>An open order; <see cref="Cancelled"/> until the segment ends.</summary>
internal sealed record NaiveOrder(
    long Id, string Owner, string Book, bool Buys, bool Stays, BigInteger Limit, BigInteger Rest, bool Cancelled);
