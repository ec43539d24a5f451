namespace EnergyNode.Ledger;

/// <summary>By what values a meter's part of an epoch is settled.</summary>
/// <param name="Owner">Whose meter it was at the close.</param>
/// <param name="Version">0 for the reading of the epoch, or for silence, else that of the correction.</param>
public readonly record struct SettledMeter(
    AccountId Owner, WattHours Consumption, WattHours Generation, long Version)
{
    public WattHours Import => Consumption > Generation ? Consumption - Generation : WattHours.Zero;

    public WattHours Export => Generation > Consumption ? Generation - Consumption : WattHours.Zero;

    public WattHours SelfConsumed => WattHours.Min(Consumption, Generation);

    /// <summary>DEV-6: by version, then consumption, then generation.</summary>
    public int CompareRank(in SettledMeter other)
    {
        int order = Version.CompareTo(other.Version);
        order = order != 0 ? order : Consumption.CompareTo(other.Consumption);
        return order != 0 ? order : Generation.CompareTo(other.Generation);
    }

    internal void Encode(BorshWriter writer)
    {
        writer.AccountId(Owner);
        writer.I64(Consumption.Wh);
        writer.I64(Generation.Wh);
        writer.I64(Version);
    }
}
