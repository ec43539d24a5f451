using EnergyNode.Actors;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>
/// One purpose's own stream of chance. Each part of a simulation draws from its own, so that a change in one part does
/// not shift the luck of the others.
/// </summary>
internal sealed class Dice
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    private readonly SplitMix64 _random;

    /// <param name="seed">The simulation's.</param>
    /// <param name="purpose">Names the stream.</param>
    public Dice(ulong seed, string purpose)
    {
        ulong hash = FnvOffset;
        foreach (char c in purpose)
        {
            hash = unchecked((hash ^ c) * FnvPrime);
        }

        _random = new SplitMix64(seed ^ hash);
    }

    public ulong Next() => _random.Next();

    /// <param name="permille">0 … 1000.</param>
    public bool Chance(int permille) => permille > 0 && _random.Below(1_000) < permille;

    /// <returns>A number from <paramref name="min"/> to <paramref name="max"/>, both included.</returns>
    public int Between(int min, int max) => min + _random.Below(max - min + 1);

    /// <returns>A length of time between two, both included, to the microsecond.</returns>
    public Duration Between(Duration min, Duration max) =>
        max.Micros <= min.Micros ? min : new(min.Micros + _random.Below((int)(max.Micros - min.Micros + 1)));

    public void Shuffle<T>(T[] items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int other = _random.Below(i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }
}
