using System;

namespace EnergyNode.Ledger;

/// <summary>How much of a stake an offence costs.</summary>
public static class SlashArithmetic
{
    /// <summary>
    /// min(B, ⌊B·fraction / 10⁶⌋ + min(B, ⌊3·S·B / T⌋)): the offence's own fraction, and the more the more stake
    /// offended within the window, up to all of it from a third on. Each division rounds down.
    /// </summary>
    /// <param name="stake">B, of the offender, at most <see cref="Limits.MaxBalance"/>.</param>
    /// <param name="fraction">In parts per million.</param>
    /// <param name="offending">S: stake punished within the window, the offender's included.</param>
    /// <param name="total">
    /// T: all stake, with what was taken within the window; at most 257 × 10¹⁸ (<see
    /// cref="Limits.MaxWindowSlashes"/>), so that S·B·3 below T·B stays below 3 × 10³⁸ &lt; 2¹²⁸.
    /// </param>
    public static Money Amount(Money stake, int fraction, UInt128 offending, UInt128 total)
    {
        // STAKE-8
        UInt128 own = (UInt128)stake.Micro;
        UInt128 basic = own * (UInt128)fraction / SlashFractions.Whole;
        UInt128 correlated = offending * 3 >= total ? own : offending * 3 * own / total;
        UInt128 sum = basic + correlated;
        return new Money((long)(sum < own ? sum : own));
    }
}
