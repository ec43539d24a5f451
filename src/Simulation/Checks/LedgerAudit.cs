using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;
using EnergyNode.Market.Execution;

namespace EnergyNode.Simulation;

/// <summary>Laws that hold between two blocks, whatever happened in them.</summary>
internal static class LedgerAudit
{
    /// <summary>All laws of a state and its books.</summary>
    public static IEnumerable<(ViolationKind Kind, string Text)> Check(
        LedgerState state, BookMachines books)
    {
        List<KeyValuePair<AccountId, Balance>> balances = [];
        foreach (AccountId account in state.Balances.Keys)
        {
            balances.Add(new(account, state.Balances[account]));
        }

        foreach (string text in Conservation(balances, state.Totals))
        {
            yield return (ViolationKind.Conservation, text);
        }

        foreach (string text in Holds(balances, state))
        {
            yield return (ViolationKind.BookInvariant, text);
        }

        foreach (string text in Books(state, books))
        {
            yield return (ViolationKind.BookInvariant, text);
        }
    }

    /// <summary>Σ money = deposits − withdrawals, Σ tokens = minted − burned, and no account has less than it holds
    /// back.</summary>
    public static IEnumerable<string> Conservation(
        IEnumerable<KeyValuePair<AccountId, Balance>> balances, MarketTotals totals)
    {
        long money = 0;
        long tokens = 0;
        foreach ((AccountId account, Balance balance) in balances)
        {
            money += balance.Money.Micro;
            tokens += balance.Tokens.Units;
            if (balance.TokensHeld > balance.Tokens || balance.TokensHeld < Grid.Zero
                || balance.MoneyHeld < Money.Zero)
            {
                yield return $"{account} has {balance.Tokens} tokens and holds {balance.TokensHeld}, "
                    + $"and holds {balance.MoneyHeld} money";
            }
        }

        long supplied = (totals.Deposited - totals.Withdrawn).Micro;
        if (money != supplied)
        {
            yield return $"accounts have {money} micro-units of money, but {supplied} were paid in";
        }

        if (totals.Minted != totals.Generation.ToGrid())
        {
            yield return $"{totals.Minted} were minted for {totals.Generation} of verified generation";
        }

        long supply = (totals.Minted - totals.Burned).Units;
        if (tokens != supply)
        {
            yield return $"accounts have {tokens} base units of tokens, but {supply} were minted and not burned";
        }
    }

    private static IEnumerable<string> Holds(
        IEnumerable<KeyValuePair<AccountId, Balance>> balances, LedgerState state)
    {
        Dictionary<AccountId, (Money Money, Grid Tokens, int Orders)> held = [];
        foreach (OrderId id in state.Orders.Keys)
        {
            OpenOrder order = state.Orders[id];
            (Money money, Grid tokens, int orders) = held.GetValueOrDefault(order.Owner);
            held[order.Owner] = (money + order.MoneyHold, tokens + order.TokenHold, orders + 1);
        }

        foreach (PositionKey key in state.Positions.Keys)
        {
            Position position = state.Positions[key];
            (Money money, Grid tokens, int orders) = held.GetValueOrDefault(position.Buyer);
            held[position.Buyer] = (money + position.BuyerHold, tokens, orders);
            (money, tokens, orders) = held.GetValueOrDefault(position.Seller);
            held[position.Seller] = (money + position.SellerHold, tokens, orders);
        }

        foreach (TransferId id in state.LockedTransfers.Keys)
        {
            LockedTransfer transfer = state.LockedTransfers[id];
            (Money money, Grid tokens, int orders) = held.GetValueOrDefault(transfer.From);
            held[transfer.From] = (money, tokens + transfer.Amount, orders);
        }

        foreach (AccountId account in state.OracleAccounts.Keys)
        {
            (Money money, Grid tokens, int orders) = held.GetValueOrDefault(account);
            held[account] = (money + state.OracleAccounts[account].Prepaid, tokens, orders);
        }

        foreach ((AccountId account, Balance balance) in balances)
        {
            (Money money, Grid tokens, int orders) = held.GetValueOrDefault(account);
            if (balance.MoneyHeld != money || balance.TokensHeld != tokens)
            {
                yield return $"{account} holds {balance.MoneyHeld} money and {balance.TokensHeld} tokens, "
                    + $"but its open orders and waiting transfers need {money} and {tokens}";
            }

            if (state.OrderCounts.GetOrDefault(account) != orders)
            {
                yield return $"{account} has {orders} open orders, counted as "
                    + $"{state.OrderCounts.GetOrDefault(account)}";
            }
        }
    }

    private static IEnumerable<string> Books(LedgerState state, BookMachines books)
    {
        Dictionary<BookId, int> counts = [];
        foreach (OrderId id in state.Orders.Keys)
        {
            OpenOrder order = state.Orders[id];
            counts[order.Book] = counts.GetValueOrDefault(order.Book) + 1;
            bool found = books[order.Book].Book.TryGet(id, out BookOrder resting);
            if (!found || resting.Side != order.Side || resting.Price != order.BookPrice
                || resting.Quantity != order.Remaining)
            {
                yield return $"order {id} is open with {order.Remaining} in the ledger, "
                    + (found ? $"with {resting.Quantity} in its book" : "and not in its book");
            }
        }

        foreach (BookId id in state.Books.Keys)
        {
            OrderBook book = books[id].Book;
            if (book.Count != counts.GetValueOrDefault(id) || state.Books[id] != book.Count)
            {
                yield return $"book {id} has {book.Count} orders, the ledger {counts.GetValueOrDefault(id)}, "
                    + $"counted as {state.Books[id]}";
            }
        }
    }
}
