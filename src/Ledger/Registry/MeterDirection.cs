namespace EnergyNode.Ledger;

/// <summary>Which way energy can pass a meter.</summary>
public enum MeterDirection : byte
{
    Both = 0,

    /// <summary>Consumption only: a reading with generation is refused.</summary>
    Import = 1,

    /// <summary>Generation only: a reading with consumption is refused.</summary>
    Export = 2,
}
