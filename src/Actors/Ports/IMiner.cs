using EnergyNode.Ledger;

namespace EnergyNode.Actors.Ports;

/// <summary>
/// Looks for proofs of work, one block at a time. It answers with <see cref="NonceFound"/> once for each block, and
/// then rests. An answer for a block that was replaced meanwhile may still come.
/// </summary>
public interface IMiner
{
    /// <summary>Replaces whatever is being mined. Returns at once.</summary>
    void Mine(Hash32 block, Difficulty difficulty, IActorRef replyTo);

    /// <summary>Stops mining. Returns at once.</summary>
    void Cancel();
}
