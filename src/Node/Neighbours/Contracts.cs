namespace EnergyNode.Node.Neighbours;

/// <summary>What an account has bought and sold ahead for one epoch, in Wh.</summary>
internal readonly record struct Contracts(long BoughtWh, long SoldWh)
{
    /// <summary>What has to come from its meter to be even; below zero it is what it may use.</summary>
    public long OwedWh => SoldWh - BoughtWh;
}
