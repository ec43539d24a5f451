using System.Numerics;

namespace EnergyNode.Market.Tests.Execution.Naive;

/// <summary>An open order; <see cref="Cancelled"/> and <see cref="Next"/> wait for the end of the segment.</summary>
internal sealed record NaiveOrder(
    long Id, string Owner, string Book, bool Buys, bool Stays, BigInteger Limit, BigInteger Rest, bool Cancelled)
{
    public long Priority { get; init; } = Id;

    /// <summary>What a replacement makes of it.</summary>
    public (BigInteger Limit, BigInteger Left, long Number)? Next { get; init; }

    public BigInteger MoneyHeld(BigInteger fee) => !Buys ? 0 : BigInteger.Max(
        Cost(Limit, Rest, fee), Next is { } next ? Cost(next.Limit, next.Left, fee) : 0);

    public BigInteger TokensHeld() => Buys ? 0 : BigInteger.Max(Rest, Next?.Left ?? 0) * 1_000_000;

    public NaiveOrder AtEndOfSegment() => Next is not { } next ? this : this with
    {
        Limit = next.Limit,
        Rest = next.Left,
        Priority = next.Limit == Limit && next.Left <= Rest ? Priority : next.Number,
        Next = null,
    };

    public static BigInteger Cost(BigInteger limit, BigInteger rest, BigInteger fee) =>
        NaiveState.Ceiling(BigInteger.Max(limit, fee) * rest, 1_000);
}
