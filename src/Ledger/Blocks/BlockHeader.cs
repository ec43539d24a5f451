namespace EnergyNode.Ledger;

/// <summary>
/// What a block's hash covers. It names no view: a block that is proposed again after a view change keeps its hash,
/// time and proposer (design §3.7). It carries no state root: blocks are ordered first and executed afterwards.
/// </summary>
/// <param name="Parent">Hash of the block below; the genesis hash at height 1.</param>
/// <param name="Time">The first proposer's clock; greater than the parent's.</param>
/// <param name="BatchesRoot">Merkle root of the hashes of the batches in their order.</param>
/// <param name="Validators">Hash of the validator set that decides this block.</param>
public sealed record BlockHeader(
    ChainId Chain,
    Height Height,
    Hash32 Parent,
    Instant Time,
    PublicKey Proposer,
    Hash32 BatchesRoot,
    int BatchCount,
    Hash32 Validators)
{
    public const ushort Version = 1;
    private const string Domain = "energynode/block/1";

    /// <summary>SHA-256 over the domain and the encoded header.</summary>
    public Hash32 ComputeHash()
    {
        BorshWriter writer = new();
        writer.Ascii(Domain);
        Encode(writer);
        return Hash32.Of(writer.WrittenSpan);
    }

    public void Encode(BorshWriter writer)
    {
        writer.Version(Version);
        writer.ChainId(Chain);
        writer.I64(Height.Value);
        writer.Hash32(Parent);
        writer.I64(Time.Micros);
        writer.PublicKey(Proposer);
        writer.Hash32(BatchesRoot);
        writer.I64(BatchCount);
        writer.Hash32(Validators);
    }

    /// <summary>Reads a header; the caller checks <see cref="BorshReader.Ok"/>.</summary>
    public static BlockHeader Decode(ref BorshReader reader)
    {
        reader.Version(Version);
        return new BlockHeader(
            reader.ChainId(),
            new Height(reader.I64()),
            reader.Hash32(),
            new Instant(reader.I64()),
            reader.PublicKey(),
            reader.Hash32(),
            (int)reader.I64(0, Limits.MaxBatchesPerBlock),
            reader.Hash32());
    }
}
