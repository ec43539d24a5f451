namespace EnergyNode.Ledger;

/// <summary>What a book's energy is said to come from. A declaration: tokens carry no origin.</summary>
public enum EnergyQuality : byte
{
    Grid = 0,
    Solar = 1,
    Wind = 2,
    Storage = 3,
}
