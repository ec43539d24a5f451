using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>One thing that a rule found.</summary>
/// <param name="Rule">Which rule.</param>
/// <param name="Line">The line of the sample that shows it; 0 for a gap, which has none.</param>
/// <param name="Meter">The meter.</param>
/// <param name="Start">The first interval concerned.</param>
/// <param name="Intervals">How many intervals in a row, at least 1.</param>
/// <param name="Reason">The rule with this case's numbers, for people.</param>
public sealed record VeeFinding(
    VeeRule Rule, int Line, MeterId Meter, Instant Start, int Intervals, string Reason);
