using System.Collections.Generic;
using EnergyNode.Consensus;

namespace EnergyNode.Actors.Node;

/// <summary>
/// Keeps effects in order behind what must be durable first: nothing that follows a <c>Persist</c> is let out before
/// its append is acknowledged. Appends themselves go out at once, so that one fsync can serve several.
/// </summary>
internal sealed class EffectGate
{
    private readonly Queue<(ConsensusEffect? Effect, long Barrier)> _queue = new();
    private long _lastToken;
    private long _durable;

    /// <summary>True when every append so far is durable.</summary>
    public bool IsOpen => _queue.Count == 0;

    /// <summary>Puts an effect behind the barriers before it.</summary>
    public void Hold(ConsensusEffect effect) => _queue.Enqueue((effect, 0));

    /// <summary>Puts a barrier into the queue.</summary>
    /// <returns>The token of the append that lifts it.</returns>
    public long AddBarrier()
    {
        _lastToken++;
        _queue.Enqueue((null, _lastToken));
        return _lastToken;
    }

    /// <summary>The append with this token, and all before it, are durable.</summary>
    public void Lift(long token) => _durable = token > _durable ? token : _durable;

    /// <summary>Lets out the next effect that no barrier holds back.</summary>
    public bool TryRelease(out ConsensusEffect? effect)
    {
        while (_queue.TryPeek(out (ConsensusEffect? Effect, long Barrier) head))
        {
            if (head.Effect is null && head.Barrier > _durable)
            {
                break;
            }

            _queue.Dequeue();
            if (head.Effect is not null)
            {
                effect = head.Effect;
                return true;
            }
        }

        effect = null;
        return false;
    }
}
