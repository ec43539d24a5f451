using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>Allows something once per period for each peer. A clock that was set back allows it, too.</summary>
internal sealed class PeerLimiter(int validators, Duration period)
{
    private readonly Instant?[] _last = new Instant?[validators];

    public bool Allow(ValidatorIndex peer, Instant now)
    {
        if (_last[peer.Value] is { } last && now >= last && now < last.Plus(period))
        {
            return false;
        }

        _last[peer.Value] = now;
        return true;
    }

    public void WriteTo(BorshWriter writer)
    {
        foreach (Instant? last in _last)
        {
            writer.Option(last is not null);
            writer.I64(last?.Micros ?? 0);
        }
    }
}
