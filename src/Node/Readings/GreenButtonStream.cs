using System.Collections.Generic;

namespace EnergyNode.Node.Readings;

/// <summary>The blocks of one MeterReading: readings of one kind from one meter, one after the other.</summary>
/// <param name="Meter">The usage point, or what else tells meters apart in this feed.</param>
/// <param name="Type">Null when the feed does not say.</param>
/// <param name="Blocks">In the order of the file; at least one.</param>
internal sealed record GreenButtonStream(string Meter, EspiReadingType? Type, List<EspiBlock> Blocks);
