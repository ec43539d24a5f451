namespace EnergyNode.Node.Readings;

/// <summary>What the import register of a charging point counted at one time, by a signed record.</summary>
/// <param name="Record">The record's number in the file, from 1 on.</param>
/// <param name="Line">Its line.</param>
/// <param name="TimeMillis">Since the Unix epoch.</param>
/// <param name="Clock">The clock's state, as in <see cref="OcmfReading"/>.</param>
/// <param name="Transaction">TX, as in <see cref="OcmfReading"/>.</param>
/// <param name="Energy">The count.</param>
internal readonly record struct OcmfCount(
    int Record, int Line, long TimeMillis, char Clock, char? Transaction, ExactEnergy Energy)
{
    /// <summary>A clock that is informative only, or relative to one that is.</summary>
    public bool IsInformative => Clock is 'I' or 'R';
}
