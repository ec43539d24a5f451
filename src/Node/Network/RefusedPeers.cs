using System;
using System.Collections.Generic;
using System.Threading;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Network;

/// <summary>Keys that may not connect for a while. Safe from any thread; time by the provider's time stamps.</summary>
internal sealed class RefusedPeers(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<PublicKey, (long Since, TimeSpan For)> _refused = [];

    public void Add(PublicKey peer, TimeSpan refusal)
    {
        lock (_gate)
        {
            if (_refused.Count >= NetworkLimits.MaxRefusedPeers)
            {
                Prune();
            }

            if (_refused.Count < NetworkLimits.MaxRefusedPeers)
            {
                _refused[peer] = (time.GetTimestamp(), refusal);
            }
        }
    }

    public bool Contains(PublicKey peer)
    {
        lock (_gate)
        {
            if (!_refused.TryGetValue(peer, out (long Since, TimeSpan For) entry))
            {
                return false;
            }

            bool over = IsOver(entry);
            if (over)
            {
                _refused.Remove(peer);
            }

            return !over;
        }
    }

    private void Prune()
    {
        List<PublicKey> over = [];
        foreach ((PublicKey peer, (long Since, TimeSpan For) entry) in _refused)
        {
            if (IsOver(entry))
            {
                over.Add(peer);
            }
        }

        over.ForEach(peer => _refused.Remove(peer));
    }

    private bool IsOver((long Since, TimeSpan For) entry) => time.GetElapsedTime(entry.Since) >= entry.For;
}
