using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>One reading kept out, or missing.</summary>
/// <param name="Rule">Why.</param>
/// <param name="Line">Its line in the file; 0 for a gap, which has none.</param>
/// <param name="Meter">The meter.</param>
/// <param name="Start">The interval.</param>
/// <param name="Reason">The rule with this case's numbers, for people.</param>
public sealed record Quarantined(QuarantineRule Rule, int Line, MeterId Meter, Instant Start, string Reason);
