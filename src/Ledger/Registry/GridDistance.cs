namespace EnergyNode.Ledger;

/// <summary>How far apart two accounts are on the grid (GRID-1, GRID-2).</summary>
public enum GridDistance
{
    SameFeeder,
    SameZone,

    /// <summary>Also where either account is nowhere, or in several zones.</summary>
    AcrossZones,
}
