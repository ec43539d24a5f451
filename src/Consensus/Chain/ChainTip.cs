using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>The last decided and executed block, as far as the next one depends on it.</summary>
/// <param name="Proposer">Who proposed it first; null below height 1.</param>
public sealed record ChainTip(Height Height, Hash32 Hash, Instant Time, PublicKey? Proposer)
{
    public static ChainTip Genesis(Hash32 hash, Instant time) => new(Height.Genesis, hash, time, null);

    public static ChainTip Of(Block block) =>
        new(block.Height, block.Hash, block.Header.Time, block.Header.Proposer);

    internal void WriteTo(BorshWriter writer)
    {
        writer.I64(Height.Value);
        writer.Hash32(Hash);
        writer.I64(Time.Micros);
        writer.Option(Proposer is not null);
        if (Proposer is { } key)
        {
            writer.PublicKey(key);
        }
    }
}
