namespace EnergyNode.Ledger;

/// <summary>
/// Which nonces of a signer are used: the highest, and one bit for each of the <see cref="Limits.NonceWindow"/> below
/// and including it. It slides with the highest, so a dropped batch never blocks later ones, and whatever has left
/// the window counts as used.
/// </summary>
public readonly record struct NonceWindow(long Highest, NonceBits Used)
{
    /// <summary>Not used, not below the window, and not more than a window ahead.</summary>
    public bool Accepts(long nonce)
    {
        if (nonce < 1 || nonce > Highest + Limits.NonceWindow || nonce <= Highest - Limits.NonceWindow)
        {
            return false;
        }

        return nonce > Highest || !Used[(int)(nonce % Limits.NonceWindow)];
    }

    /// <summary>The window after an accepted nonce.</summary>
    public NonceWindow With(long nonce)
    {
        NonceBits used = Used;
        for (long n = Highest + 1; n < nonce; n++)
        {
            used[(int)(n % Limits.NonceWindow)] = false;
        }

        used[(int)(nonce % Limits.NonceWindow)] = true;
        return new NonceWindow(nonce > Highest ? nonce : Highest, used);
    }

    internal void Encode(BorshWriter writer)
    {
        writer.I64(Highest);
        Used.Encode(writer);
    }
}
