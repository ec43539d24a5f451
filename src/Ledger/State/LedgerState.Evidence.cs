namespace EnergyNode.Ledger;

/// <summary>What was proved of validators (docs/spec/evidence.md).</summary>
public sealed partial class LedgerState
{
    private readonly Table<byte, SetTenure> _tenure =
        new(StateTables.SetTenure, static (_, _) => { }, static (value, writer) => value.Encode(writer));

    /// <summary>What validators were proved to have done.</summary>
    public Table<Offence, CommittedOffence> Offences { get; } =
        new(
            StateTables.Offences,
            static (key, writer) => key.Encode(writer),
            static (value, writer) => value.Encode(writer));

    /// <summary>Since when the validator set in force decides; all zeros before height 1.</summary>
    public SetTenure SetTenure
    {
        get => _tenure.GetOrDefault(0);
        internal set => _tenure.Set(0, value);
    }
}
