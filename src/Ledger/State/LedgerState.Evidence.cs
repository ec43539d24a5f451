namespace EnergyNode.Ledger;

/// <summary>What was proved of validators (docs/spec/evidence.md).</summary>
public sealed partial class LedgerState
{
    /// <summary>What validators were proved to have done.</summary>
    public Table<Offence, CommittedOffence> Offences { get; } =
        new(
            StateTables.Offences,
            static (key, writer) => key.Encode(writer),
            static (value, writer) => value.Encode(writer));
}
