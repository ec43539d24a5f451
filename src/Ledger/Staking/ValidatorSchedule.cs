namespace EnergyNode.Ledger;

/// <summary>Where the chain stands in the changes of its validator set; one leaf of the state.</summary>
/// <param name="Since">The first height of the set in force.</param>
/// <param name="BeforeSince">The first height of the set before it, or the same when there is none.</param>
/// <param name="EpochStart">The first height of the set epoch in progress.</param>
/// <param name="Settled">All changes decided at this height or below are in force.</param>
/// <param name="DecidedAt">The height that decided the set that waits for its border; 0 when none waits.</param>
/// <param name="Border">The first height of the set that waits; 0 when none waits.</param>
/// <param name="Seats">Seats given so far.</param>
/// <param name="Unbondings">Unbondings begun so far.</param>
/// <param name="Slashes">Punishments so far.</param>
/// <param name="Stake">All money at risk.</param>
public readonly record struct ValidatorSchedule(
    SetTiming Timing,
    Height Since,
    Height BeforeSince,
    Height EpochStart,
    Height Settled,
    Height DecidedAt,
    Height Border,
    long Seats,
    long Unbondings,
    long Slashes,
    Money Stake)
{
    public bool HasBorder => Border > Height.Genesis;

    internal void Encode(BorshWriter writer)
    {
        Timing.Encode(writer);
        writer.I64(Since.Value);
        writer.I64(BeforeSince.Value);
        writer.I64(EpochStart.Value);
        writer.I64(Settled.Value);
        writer.I64(DecidedAt.Value);
        writer.I64(Border.Value);
        writer.I64(Seats);
        writer.I64(Unbondings);
        writer.I64(Slashes);
        writer.I64(Stake.Micro);
    }
}
