using EnergyNode.Ledger;
using EnergyNode.Market.Execution;

namespace EnergyNode.Market.Billing;

/// <summary>
/// Makes a bill while a chain is executed from genesis on: tell it of every close (<see
/// cref="BlockExecution.EpochObserver"/>).
/// </summary>
public sealed class BillBuilder
{
    private readonly LedgerState _state;
    private readonly AccountId _account;
    private readonly EpochIndex _from;
    private readonly EpochIndex? _to;
    private BillSnapshot _before;
    private BillSnapshot _after;
    private EpochIndex _last = new(-1);

    /// <param name="state">Fresh from genesis.</param>
    /// <param name="from">The first epoch, from 0 on.</param>
    /// <param name="to">The last epoch; null for the last one that is closed.</param>
    public BillBuilder(LedgerState state, AccountId account, EpochIndex from, EpochIndex? to)
    {
        _state = state;
        _account = account;
        _from = from;
        _to = to;
        _before = BillSnapshot.Of(state, account);
    }

    /// <summary>Null unless the first and the last epoch are closed and in order.</summary>
    public Bill? Result =>
        _last.Value < _from.Value || (_to is { } to && _last != to)
            ? null
            : Bill.Of(_account, _from, _last, _before, _after);

    /// <summary>The state is that after this epoch's close.</summary>
    public void Close(EpochIndex epoch)
    {
        if (epoch.Next == _from)
        {
            _before = BillSnapshot.Of(_state, _account);
        }

        if (epoch.Value >= _from.Value && (_to is not { } to || epoch.Value <= to.Value))
        {
            _last = epoch;
            _after = _to is null || epoch == _to ? BillSnapshot.Of(_state, _account) : _after;
        }
    }
}
