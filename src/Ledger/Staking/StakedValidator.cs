namespace EnergyNode.Ledger;

/// <summary>A validator, or who may become one, by its key.</summary>
/// <param name="Seat">Its place in the order of the set; given once, by rising numbers.</param>
/// <param name="Operator">Whose money is bonded; null on a closed chain.</param>
/// <param name="Bonded">Gives power under PoS.</param>
/// <param name="Unbonding">On its way out: no power, but still at risk.</param>
/// <param name="Waiting">Entries of the unbonding queue that are its own.</param>
/// <param name="FixedPower">Its power on a closed chain.</param>
/// <param name="JailedUntil">In block time; counts while it is jailed.</param>
public readonly record struct StakedValidator(
    Label Name,
    long Seat,
    AccountId? Operator,
    Money Bonded,
    Money Unbonding,
    long Waiting,
    long FixedPower,
    ValidatorStanding Standing,
    Instant JailedUntil)
{
    /// <summary>All that an offence can cost it.</summary>
    public Money AtRisk => Bonded + Unbonding;

    internal void Encode(BorshWriter writer)
    {
        writer.Label(Name);
        writer.I64(Seat);
        writer.Option(Operator is not null);
        if (Operator is { } account)
        {
            writer.AccountId(account);
        }

        writer.I64(Bonded.Micro);
        writer.I64(Unbonding.Micro);
        writer.I64(Waiting);
        writer.I64(FixedPower);
        writer.U8((byte)Standing);
        writer.I64(JailedUntil.Micros);
    }
}
