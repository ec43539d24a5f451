using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>Who is told what became of a batch.</summary>
internal sealed class WaitingClients
{
    private readonly SortedDictionary<Hash32, SortedSet<PublicKey>> _clients = [];

    /// <summary>One too many hears nothing.</summary>
    public void Add(Hash32 batch, PublicKey client)
    {
        if (!_clients.TryGetValue(batch, out SortedSet<PublicKey>? waiting))
        {
            waiting = [];
            _clients.Add(batch, waiting);
        }

        if (waiting.Count < Limits.MaxClientsPerBatch)
        {
            waiting.Add(client);
        }
    }

    /// <summary>In the order of their keys; they wait no more.</summary>
    public IReadOnlyCollection<PublicKey> Take(Hash32 batch) =>
        _clients.Remove(batch, out SortedSet<PublicKey>? waiting) ? waiting : [];
}
