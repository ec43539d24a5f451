namespace EnergyNode.Ledger;

/// <summary>What a line connects to what is above it.</summary>
public enum LineKind : byte
{
    Zone = 0,
    Feeder = 1,
}
