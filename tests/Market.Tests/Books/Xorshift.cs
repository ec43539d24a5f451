namespace EnergyNode.Market.Tests.Books;

/// <summary>xorshift64: the seeded numbers of the tests.</summary>
internal sealed class Xorshift(ulong state)
{
    private ulong _state = state;

    public ulong Next()
    {
        _state ^= unchecked(_state << 13);
        _state ^= _state >> 7;
        _state ^= unchecked(_state << 17);
        return _state;
    }

    public long Below(long bound) => (long)(Next() % (ulong)bound);

    public long Between(long low, long high) => low + Below(high - low + 1);
}
