using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Execution;

/// <summary>
/// Forward trades, from the contract to the close of the epoch of delivery. There each contract is paid, and accounts
/// that sold more than they bought deliver the difference in tokens. What they lack is part of their deviation (DEV-1):
/// the utility stands in, and the buyer gets a credit that covers import as tokens do.
/// </summary>
internal sealed class ForwardSettlement(LedgerState state, Postings postings)
{
    private readonly SortedDictionary<AccountId, WattHours> _net = [];
    private readonly Dictionary<AccountId, Int128> _credits = [];
    private readonly Dictionary<AccountId, Int128> _lacking = [];

    /// <summary>What an account got from the utility by way of its sellers in the last delivery; base units.</summary>
    public Int128 CreditOf(AccountId account) => _credits.GetValueOrDefault(account);

    /// <summary>What an account sold and did not have in the last delivery, in base units.</summary>
    public Int128 LackingOf(AccountId account) => _lacking.GetValueOrDefault(account);

    /// <summary>Pays and delivers what is due with the close of an epoch.</summary>
    public void Deliver(EpochIndex closing)
    {
        _net.Clear();
        _credits.Clear();
        _lacking.Clear();
        foreach (PositionKey key in state.Positions.Keys)
        {
            if (key.Delivery.Value > closing.Value)
            {
                break;
            }

            Pay(state.Positions[key]);
            state.Positions.Remove(key);
        }

        Stack<AccountId> buyers = Buyers();
        foreach ((AccountId seller, WattHours net) in _net)
        {
            if (net < WattHours.Zero)
            {
                Deliver(seller, -UnitsOf(net), buyers);
            }
        }
    }

    private void Pay(in Position position)
    {
        postings.ReleaseMoney(position.Buyer, position.BuyerHold);
        postings.ReleaseMoney(position.Seller, position.SellerHold);
        Money due = position.SellerPrice.CostFloor(position.Energy);
        Money paid = postings.PaySigned(position.Buyer, position.Seller, due);
        Money fee = postings.Pay(
            position.Buyer, state.Parameters.GridOperator, position.Fee.CostFloor(position.Energy));
        Money rent = postings.Pay(
            position.Buyer, state.Parameters.GridOperator, position.Price.CostFloor(position.Energy) - due);
        TradeRecords.Record(state, position.Buyer, position.Seller, position.Energy, paid, fee, rent);
        LossRules.Add(state, position.Buyer, position.Seller, position.Energy);
        _net[position.Buyer] = _net.GetValueOrDefault(position.Buyer) + position.Energy;
        _net[position.Seller] = _net.GetValueOrDefault(position.Seller) - position.Energy;
    }

    /// <summary>Accounts that bought more than they sold; each starts with a credit for all of it.</summary>
    private Stack<AccountId> Buyers()
    {
        Stack<AccountId> buyers = [];
        foreach ((AccountId account, WattHours net) in _net)
        {
            if (net > WattHours.Zero)
            {
                buyers.Push(account);
                _credits[account] = UnitsOf(net);
            }
        }

        return buyers;
    }

    /// <summary>Every token delivered takes the place of a credit; whose does not matter to its value.</summary>
    private void Deliver(AccountId seller, Int128 due, Stack<AccountId> buyers)
    {
        Grid tokens = Least(state.Balances[seller].FreeTokens, due);
        Int128 lacking = due - tokens.Units;
        while (tokens > Grid.Zero)
        {
            AccountId buyer = buyers.Peek();
            Grid moved = Least(tokens, _credits[buyer]);
            postings.MoveTokens(seller, buyer, moved);
            tokens -= moved;
            _credits[buyer] -= moved.Units;
            if (_credits[buyer] == 0)
            {
                buyers.Pop();
            }
        }

        if (lacking > 0)
        {
            _lacking[seller] = lacking;
        }
    }

    /// <summary>Contracts of one epoch may be for more than tokens can count.</summary>
    private static Int128 UnitsOf(WattHours net) => (Int128)net.Wh * Grid.UnitsPerWattHour;

    private static Grid Least(Grid tokens, Int128 units) => tokens.Units <= units ? tokens : new Grid((long)units);
}
