namespace EnergyNode.Ledger;

/// <summary>What a device is.</summary>
public enum AssetKind : byte
{
    Pv = 0,
    Battery = 1,
    EvCharger = 2,
    HeatPump = 3,
    Load = 4,
}
