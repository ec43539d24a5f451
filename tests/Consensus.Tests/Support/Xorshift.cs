namespace EnergyNode.Consensus.Tests.Support;

/// <summary>Marsaglia's xorshift64*: the same numbers for the same seed, everywhere.</summary>
internal sealed class Xorshift
{
    private ulong _state;

    public Xorshift(ulong seed)
    {
        _state = unchecked((seed * 0x9E3779B97F4A7C15) ^ 0xD1B54A32D192ED03);
        _state = _state == 0 ? 1 : _state;
        for (int i = 0; i < 8; i++)
        {
            Next(2);
        }
    }

    /// <summary>A number from 0 to below <paramref name="bound"/>.</summary>
    public int Next(int bound)
    {
        unchecked
        {
            _state ^= _state >> 12;
            _state ^= _state << 25;
            _state ^= _state >> 27;
            return (int)((_state * 0x2545F4914F6CDD1D >> 33) % (ulong)bound);
        }
    }

    public bool Percent(int percent) => Next(100) < percent;
}
