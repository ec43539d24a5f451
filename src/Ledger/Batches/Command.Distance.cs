namespace EnergyNode.Ledger;

/// <content>Grid fees by electrical distance: docs/spec/grid.md.</content>
public abstract partial record Command
{
    /// <summary>Sets the grid fees of trades that stay within a zone, from now on. By governance.</summary>
    /// <param name="SameFeeder">0 to <paramref name="SameZone"/>.</param>
    /// <param name="SameZone">At most the market's grid fee, which is that across zones.</param>
    public sealed record SetDistanceFees(Price SameFeeder, Price SameZone) : Command;
}
