using EnergyNode.Actors;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus.Pow;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>
/// Mines in virtual time. The work is real, and checked like any other; it is only little: a validator makes so few
/// hashes in a second that the difficulty stays near <see cref="InitialDifficulty"/>. The number of hashes that a nonce
/// takes is as random as it is with a real miner, and so is the time.
/// </summary>
internal sealed class SimulatedMiner(SeededRunner runner, Dice dice, int validators) : IMiner
{
    /// <summary>Mean time between blocks, k, and a difficulty that the cluster can do in that time.</summary>
    public static readonly WorkParameters Parameters = new(
        Duration.FromMillis(BlockMillis), FinalDepth, new Difficulty(InitialDifficulty));

    private const int BlockMillis = 500;
    private const int FinalDepth = 6;
    private const int InitialDifficulty = 64;

    /// <summary>One in e^1000 searches is longer at the difficulty that it starts with.</summary>
    private const int MostHashes = 1_000 * InitialDifficulty;

    private long _job;

    /// <inheritdoc/>
    public void Mine(Hash32 block, Difficulty difficulty, IActorRef replyTo)
    {
        // All validators together do the first difficulty in one block time.
        long microsPerHash = BlockMillis * 1_000L * validators / InitialDifficulty;
        long job = ++_job;
        ulong first = dice.Next();
        if (ProofOfWork.Find(block, ProofOfWork.Target(difficulty), first, MostHashes) is { } nonce)
        {
            long hashes = (long)unchecked(nonce - first) + 1;
            runner.Schedule(new Duration(hashes * microsPerHash), () =>
            {
                if (job == _job)
                {
                    replyTo.Tell(new NonceFound(block, nonce));
                }
            });
        }
    }

    /// <inheritdoc/>
    public void Cancel() => _job++;
}
