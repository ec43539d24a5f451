namespace EnergyNode.Ledger;

/// <summary>
/// Consecutive certificates of one meter and epoch, one for each Wh. A certificate is named by meter, epoch and the
/// number of its Wh, so two bundles never share one, however they were split and moved.
/// </summary>
/// <param name="FirstWh">The number of its first Wh, from 0.</param>
/// <param name="Quantity">How many Wh, from 1.</param>
/// <param name="Claim">What it was retired for; null while it is active.</param>
public readonly record struct RecBundle(
    MeterId Meter, EpochIndex Epoch, AccountId Owner, long FirstWh, WattHours Quantity, RecClaim? Claim)
{
    public bool IsRetired => Claim is not null;

    internal void Encode(BorshWriter writer)
    {
        writer.MeterId(Meter);
        writer.I64(Epoch.Value);
        writer.AccountId(Owner);
        writer.I64(FirstWh);
        writer.I64(Quantity.Wh);
        writer.Option(IsRetired);
        Claim?.Encode(writer);
    }
}
