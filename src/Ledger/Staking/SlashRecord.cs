namespace EnergyNode.Ledger;

/// <summary>A punishment, kept as long as it makes others harder.</summary>
/// <param name="OffenceHeight">Where it lied.</param>
/// <param name="Time">Block time of the punishment.</param>
/// <param name="Stake">What it had at risk before.</param>
/// <param name="Taken">What it lost.</param>
public readonly record struct SlashRecord(
    PublicKey Validator, OffenceKind Offence, Height OffenceHeight, Instant Time, Money Stake, Money Taken)
{
    internal void Encode(BorshWriter writer)
    {
        writer.PublicKey(Validator);
        writer.U8((byte)Offence);
        writer.I64(OffenceHeight.Value);
        writer.I64(Time.Micros);
        writer.I64(Stake.Micro);
        writer.I64(Taken.Micro);
    }
}
