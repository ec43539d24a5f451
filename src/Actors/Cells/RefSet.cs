using System.Collections.Generic;

namespace EnergyNode.Actors;

/// <summary>A set of references that is walked in the order of insertion, so that simulations repeat.</summary>
internal sealed class RefSet
{
    private readonly Dictionary<InternalRef, long> _order = [];
    private long _next;

    public bool Add(InternalRef actor) => _order.TryAdd(actor, _next++);

    public bool Remove(InternalRef actor) => _order.Remove(actor);

    public List<InternalRef> InOrder()
    {
        List<InternalRef> list = [.. _order.Keys];
        list.Sort((left, right) => _order[left].CompareTo(_order[right]));
        return list;
    }
}
