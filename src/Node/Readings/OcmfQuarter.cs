using EnergyNode.Market.Metering;

namespace EnergyNode.Node.Readings;

/// <summary>What a charging point delivered in a quarter of an hour.</summary>
/// <param name="Line">Of the record before it, for messages.</param>
/// <param name="StartSeconds">Since the Unix epoch, on the quarter of an hour.</param>
/// <param name="WattHours">The difference of the register's whole Wh.</param>
/// <param name="Quality">Valid, questionable or interpolated.</param>
internal readonly record struct OcmfQuarter(int Line, long StartSeconds, long WattHours, ReadingQuality Quality);
