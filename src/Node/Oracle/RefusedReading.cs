using EnergyNode.Ledger;

namespace EnergyNode.Node.Oracle;

/// <summary>A reading that will not go to the ledger.</summary>
/// <param name="Line">Its line in the delivery.</param>
/// <param name="Meter">Its meter.</param>
/// <param name="Start">Its interval.</param>
/// <param name="Text">Why, and what to do.</param>
internal readonly record struct RefusedReading(int Line, MeterId Meter, Instant Start, string Text);
