namespace EnergyNode.Ledger;

/// <summary>How a zone of the network hangs on another. The rules GRID-4… are those of docs/spec/grid.md.</summary>
/// <param name="Parent">Null for a root, which has no line.</param>
/// <param name="ExportW">What can flow towards the parent, 0 … 10⁹ W.</param>
/// <param name="ImportW">What can flow from the parent, 0 … 10⁹ W.</param>
public readonly record struct GridLine(ZoneId? Parent, long ExportW, long ImportW)
{
    internal static GridLine Decode(ref BorshReader reader) => new(
        reader.Option() ? new ZoneId(reader.Label()) : null,
        reader.I64(),
        reader.I64());

    internal void Encode(BorshWriter writer)
    {
        writer.Option(Parent is not null);
        if (Parent is { } parent)
        {
            writer.Label(parent.Name);
        }

        writer.I64(ExportW);
        writer.I64(ImportW);
    }
}
