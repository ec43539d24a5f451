using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>One suspicion about a meter whose readings are released.</summary>
/// <param name="Rule">What it looks like.</param>
/// <param name="Line">The line of the reading with which the rule began to hold.</param>
/// <param name="Meter">The meter.</param>
/// <param name="Start">The interval of that reading.</param>
/// <param name="Reason">The rule with this case's numbers, for people.</param>
public sealed record Flag(FlagRule Rule, int Line, MeterId Meter, Instant Start, string Reason);
