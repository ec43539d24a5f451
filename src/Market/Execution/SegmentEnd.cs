namespace EnergyNode.Market.Execution;

/// <summary>What a command asks for that ends the segment before it.</summary>
internal enum SegmentEnd
{
    /// <summary>Nothing: the segment goes on.</summary>
    None,
    CloseEpoch,
    BlockOrder,
}
