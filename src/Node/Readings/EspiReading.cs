namespace EnergyNode.Node.Readings;

/// <summary>One IntervalReading of ESPI, as the file states it.</summary>
/// <param name="Line">Its line.</param>
/// <param name="StartSeconds">Since the Unix epoch; <see cref="NotStated"/> when the block's order gives it.</param>
/// <param name="DurationSeconds"><see cref="NotStated"/> when the reading type gives it.</param>
/// <param name="Value">In the unit of the reading type.</param>
internal readonly record struct EspiReading(int Line, long StartSeconds, long DurationSeconds, long Value)
{
    public const long NotStated = -1;
}
