namespace EnergyNode.Ledger;

/// <summary>
/// What clearings have sent over a line for one epoch of delivery, and what it carried at most when they did.
/// </summary>
/// <param name="Net">Upwards, to the parent or from a feeder to its zone; below zero downwards.</param>
/// <param name="MostExport">The most upwards.</param>
/// <param name="MostImport">The most downwards, 0 or more.</param>
public readonly record struct LineFlow(WattHours Net, WattHours MostExport, WattHours MostImport)
{
    /// <summary>Whether no more can flow the way it does.</summary>
    public bool IsFull => Net >= MostExport || Net <= WattHours.Zero - MostImport;

    /// <summary>Reads a flow; the caller checks <see cref="BorshReader.Ok"/>.</summary>
    public static LineFlow Decode(ref BorshReader reader) => new(
        new WattHours(reader.I64()),
        new WattHours(reader.I64()),
        new WattHours(reader.I64()));

    internal void Encode(BorshWriter writer)
    {
        writer.I64(Net.Wh);
        writer.I64(MostExport.Wh);
        writer.I64(MostImport.Wh);
    }
}
