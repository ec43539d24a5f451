using System;

namespace EnergyNode.Ledger;

/// <summary>
/// The only way to change balances. Every posting balances: what one account loses another gains, or a total of
/// deposits, withdrawals, mints or burns records it. So Σ money = deposited − withdrawn and Σ tokens = minted − burned
/// hold after each call.
/// </summary>
public sealed class Postings(LedgerState state)
{
    /// <summary>
    /// Books money in. <see cref="LedgerError.AmountOverflow"/> when all deposits or the balance would pass their
    /// bound.
    /// </summary>
    public LedgerError Deposit(AccountId account, Money amount)
    {
        MarketTotals totals = state.Totals;
        if (totals.Deposited.Micro > Limits.MaxBalance - amount.Micro
            || state.Balances.GetOrDefault(account).Money.Micro > Limits.MaxBalance - amount.Micro)
        {
            return LedgerError.AmountOverflow;
        }

        state.Totals = totals with { Deposited = totals.Deposited + amount };
        AddMoney(account, amount);
        return LedgerError.None;
    }

    /// <summary>
    /// Books money out, at most what is free. <see cref="LedgerError.AmountOverflow"/> when all withdrawals would pass
    /// their bound: debts make it possible to take out more than was ever put in.
    /// </summary>
    public LedgerError Withdraw(AccountId account, Money amount)
    {
        if (state.Balances.GetOrDefault(account).FreeMoney < amount)
        {
            return LedgerError.InsufficientBalance;
        }

        if (state.Totals.Withdrawn.Micro > Limits.MaxBalance - amount.Micro)
        {
            return LedgerError.AmountOverflow;
        }

        state.Totals = state.Totals with { Withdrawn = state.Totals.Withdrawn + amount };
        AddMoney(account, new Money(-amount.Micro));
        return LedgerError.None;
    }

    /// <summary>
    /// Whether an amount can be minted without passing the bounds of the supply and of all that was minted.
    /// </summary>
    public bool CanMint(Grid amount) =>
        state.Totals.Minted.Units <= Limits.MaxTotal - amount.Units
        && (state.Totals.Minted - state.Totals.Burned).Units <= Limits.MaxBalance - amount.Units;

    /// <summary>Makes tokens for verified generation; the caller has asked <see cref="CanMint"/>.</summary>
    public void Mint(AccountId account, Grid amount)
    {
        Require(CanMint(amount), "mint beyond the bound of the supply");
        state.Totals = state.Totals with { Minted = state.Totals.Minted + amount };
        AddTokens(account, amount);
    }

    /// <summary>Destroys tokens that the account has free; more than that is a bug of the caller.</summary>
    public void Burn(AccountId account, Grid amount)
    {
        Require(state.Balances.GetOrDefault(account).FreeTokens >= amount, "burn beyond what is free");
        state.Totals = state.Totals with { Burned = state.Totals.Burned + amount };
        AddTokens(account, new Grid(-amount.Units));
    }

    /// <summary>Whether <see cref="Restate"/> stays within the bounds.</summary>
    public bool CanRestate(Grid more) => state.Totals.Minted.Units <= Limits.MaxTotal - more.Units;

    /// <summary>
    /// Corrects what was minted and burned in a closed epoch, by as much each: tokens of it do not exist any more.
    /// </summary>
    public void Restate(Grid more)
    {
        MarketTotals totals = state.Totals;
        Grid burned = totals.Burned + more;
        Require(CanRestate(more) && burned >= Grid.Zero, "more taken back than was minted and burned");
        state.Totals = totals with { Minted = totals.Minted + more, Burned = burned };
    }

    /// <summary>Whether <see cref="Pay"/> would move all of it.</summary>
    public bool CanPay(AccountId from, AccountId to, Money amount) =>
        amount.Micro <= 0 || from == to
        || (amount.Micro <= Limits.MaxBalance + state.Balances.GetOrDefault(from).Money.Micro
            && amount.Micro <= Limits.MaxBalance - state.Balances.GetOrDefault(to).Money.Micro);

    /// <summary>Moves money, also below zero: the caller decides who may owe.</summary>
    /// <returns>
    /// What was moved: less than <paramref name="amount"/> only where a balance would pass <see
    /// cref="Limits.MaxBalance"/>.
    /// </returns>
    public Money Pay(AccountId from, AccountId to, Money amount)
    {
        if (amount.Micro <= 0 || from == to)
        {
            return Money.Zero;
        }

        long room = Math.Min(
            Limits.MaxBalance + state.Balances.GetOrDefault(from).Money.Micro,
            Limits.MaxBalance - state.Balances.GetOrDefault(to).Money.Micro);
        Money moved = new(Math.Min(amount.Micro, Math.Max(room, 0)));
        AddMoney(from, new Money(-moved.Micro));
        AddMoney(to, moved);
        return moved;
    }

    /// <summary>As <see cref="Pay"/>; a negative amount moves the other way, and what moved is negative then.</summary>
    public Money PaySigned(AccountId from, AccountId to, Money amount) =>
        amount >= Money.Zero ? Pay(from, to, amount) : Money.Zero - Pay(to, from, Money.Zero - amount);

    /// <summary>Moves free tokens; more than is free is a bug of the caller.</summary>
    public void MoveTokens(AccountId from, AccountId to, Grid amount)
    {
        Require(state.Balances.GetOrDefault(from).FreeTokens >= amount, "transfer beyond what is free");
        AddTokens(from, new Grid(-amount.Units));
        AddTokens(to, amount);
    }

    /// <summary>Reserves money that is free.</summary>
    public LedgerError HoldMoney(AccountId account, Money amount)
    {
        Balance balance = state.Balances.GetOrDefault(account);
        if (balance.FreeMoney < amount)
        {
            return LedgerError.InsufficientBalance;
        }

        state.Balances.Set(account, balance with { MoneyHeld = balance.MoneyHeld + amount });
        return LedgerError.None;
    }

    public void ReleaseMoney(AccountId account, Money amount)
    {
        if (amount == Money.Zero)
        {
            return;
        }

        Balance balance = state.Balances.GetOrDefault(account);
        Require(balance.MoneyHeld >= amount, "release of more money than is held");
        state.Balances.Set(account, balance with { MoneyHeld = balance.MoneyHeld - amount });
    }

    /// <summary>Puts free money at stake.</summary>
    public LedgerError Bond(AccountId account, Money amount)
    {
        Balance balance = state.Balances.GetOrDefault(account);
        if (balance.FreeMoney < amount)
        {
            return LedgerError.InsufficientBalance;
        }

        state.Balances.Set(account, balance with { Bonded = balance.Bonded + amount });
        return LedgerError.None;
    }

    /// <summary>Makes money at stake free again.</summary>
    public void ReleaseBonded(AccountId account, Money amount)
    {
        Balance balance = state.Balances.GetOrDefault(account);
        Require(balance.Bonded >= amount, "release of more money than is bonded");
        state.Balances.Set(account, balance with { Bonded = balance.Bonded - amount });
    }

    /// <summary>Takes money that is at stake away, also from an account that owes.</summary>
    /// <returns>What was moved: see <see cref="Pay"/>. No more leaves the stake.</returns>
    public Money Slash(AccountId account, AccountId to, Money amount)
    {
        Require(state.Balances.GetOrDefault(account).Bonded >= amount, "slash of more money than is bonded");
        Money moved = Pay(account, to, amount);
        ReleaseBonded(account, moved);
        return moved;
    }

    /// <summary>
    /// Reserves another amount than before for the same purpose. The caller has seen to it that more is free; who owes
    /// may reserve less.
    /// </summary>
    public void ChangeMoneyHold(AccountId account, Money from, Money to)
    {
        Balance balance = state.Balances.GetOrDefault(account);
        Require(balance.MoneyHeld >= from, "change of a hold that is not there");
        Require(to <= from || balance.FreeMoney >= to - from, "hold of money that is not free");
        state.Balances.Set(account, balance with { MoneyHeld = balance.MoneyHeld - from + to });
    }

    /// <summary>Reserves tokens that are free.</summary>
    public LedgerError HoldTokens(AccountId account, Grid amount)
    {
        Balance balance = state.Balances.GetOrDefault(account);
        if (balance.FreeTokens < amount)
        {
            return LedgerError.InsufficientBalance;
        }

        state.Balances.Set(account, balance with { TokensHeld = balance.TokensHeld + amount });
        return LedgerError.None;
    }

    public void ReleaseTokens(AccountId account, Grid amount)
    {
        if (amount == Grid.Zero)
        {
            return;
        }

        Balance balance = state.Balances.GetOrDefault(account);
        Require(balance.TokensHeld >= amount, "release of more tokens than are held");
        state.Balances.Set(account, balance with { TokensHeld = balance.TokensHeld - amount });
    }

    private static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"Ledger invariant broken: {what}.");
        }
    }

    private void AddMoney(AccountId account, Money amount)
    {
        Balance balance = state.Balances.GetOrDefault(account);
        state.Balances.Set(account, balance with { Money = balance.Money + amount });
    }

    private void AddTokens(AccountId account, Grid amount)
    {
        Balance balance = state.Balances.GetOrDefault(account);
        state.Balances.Set(account, balance with { Tokens = balance.Tokens + amount });
    }
}
