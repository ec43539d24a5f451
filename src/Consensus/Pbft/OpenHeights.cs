using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pbft;

/// <summary>
/// The heights in flight, the lowest first, below the border. Each vote goes through them: nothing is allocated.
/// </summary>
/// <param name="end">Place behind the last one, if there are so many.</param>
/// <param name="border">Of this height and above another validator set decides (R10).</param>
internal struct OpenHeights(List<HeightState> slots, int first, int end, Height? border)
{
    private int _at = first - 1;

    public readonly HeightState Current => slots[_at];

    public readonly OpenHeights GetEnumerator() => this;

    public bool MoveNext()
    {
        // R10
        _at++;
        return _at < slots.Count && _at < end && !(slots[_at].Height >= border);
    }
}
