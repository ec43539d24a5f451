using EnergyNode.Market.Metering;

namespace EnergyNode.Market.Tests.Metering.Vee;

/// <summary>One fault put into a clean series, and the intervals that it touches.</summary>
/// <param name="Rule">The rule that should see it.</param>
/// <param name="From">Its first interval, counted from the series' first.</param>
/// <param name="Count">Intervals.</param>
internal sealed record Fault(VeeRule Rule, int From, int Count);
