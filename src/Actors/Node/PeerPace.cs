using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>Allows something once per period for each key, and remembers a bounded number of keys.</summary>
internal sealed class PeerPace(Duration period)
{
    private readonly Dictionary<PublicKey, Instant> _last = [];

    public bool Allow(PublicKey peer, Instant now)
    {
        if (_last.TryGetValue(peer, out Instant last) && now >= last && now < last.Plus(period))
        {
            return false;
        }

        if (_last.Count >= Limits.MaxPacedPeers)
        {
            _last.Clear();
        }

        _last[peer] = now;
        return true;
    }
}
