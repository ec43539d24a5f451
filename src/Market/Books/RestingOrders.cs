using EnergyNode.Ledger;

namespace EnergyNode.Market.Books;

/// <summary>The resting orders of one side in priority order, for <c>foreach</c>; nothing is allocated.</summary>
public readonly struct RestingOrders
{
    private readonly OrderStore _store;
    private readonly Side _side;

    internal RestingOrders(OrderStore store, Side side)
    {
        _store = store;
        _side = side;
    }

    public Enumerator GetEnumerator() => new(_store, _side);

    /// <summary>Walks level by level from the best, in each from the oldest order.</summary>
    public struct Enumerator
    {
        private readonly OrderStore _store;
        private readonly PriceLadder _ladder;
        private LadderCursor _cursor;
        private int _next;

        internal Enumerator(OrderStore store, Side side)
        {
            _store = store;
            _ladder = store.Ladder(side);
            _cursor = default;
            _next = OrderSlot.None;
            Current = default;
        }

        public BookOrder Current { readonly get; private set; }

        public bool MoveNext()
        {
            if (_next < 0)
            {
                int level = _ladder.Next(ref _cursor);
                if (level < 0)
                {
                    return false;
                }

                _next = _store.Level(level).Head;
            }

            Current = _store.ToOrder(_next);
            _next = _store.Link(_next).Next;
            return true;
        }
    }
}
