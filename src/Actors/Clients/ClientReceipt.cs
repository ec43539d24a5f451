using EnergyNode.Ledger;
using EnergyNode.Market.Execution;

namespace EnergyNode.Actors.Clients;

/// <summary>What a node tells a client about a batch: the payload of <c>FrameKind.Receipts</c>.</summary>
public abstract record ClientReceipt(Hash32 Batch)
{
    private const ushort Version = 1;

    /// <summary>The batch waits in the mempool.</summary>
    public sealed record Admitted(Hash32 Batch) : ClientReceipt(Batch);

    /// <summary>The node did not take the batch.</summary>
    public sealed record Refused(Hash32 Batch, AdmissionRefusal Reason) : ClientReceipt(Batch);

    /// <summary>The batch is in a final, executed block.</summary>
    /// <param name="Receipts">Null when the batch was passed over (see <paramref name="Status"/>).</param>
    public sealed record Final(Hash32 Batch, Height Height, BatchStatus Status, BatchReceipts? Receipts)
        : ClientReceipt(Batch);

    public byte[] ToArray()
    {
        BorshWriter writer = new();
        writer.Version(Version);
        switch (this)
        {
            case Admitted:
                writer.Tag(0);
                writer.Hash32(Batch);
                break;
            case Refused refused:
                writer.Tag(1);
                writer.Hash32(Batch);
                writer.U8((byte)refused.Reason);
                break;
            case Final final:
                writer.Tag(2);
                writer.Hash32(Batch);
                writer.I64(final.Height.Value);
                writer.U8((byte)final.Status);
                writer.Option(final.Receipts is not null);
                final.Receipts?.Encode(writer);
                break;
        }

        return writer.ToArray();
    }

    /// <returns>Null when the bytes are no receipt.</returns>
    public static ClientReceipt? Decode(System.ReadOnlySpan<byte> bytes)
    {
        BorshReader reader = new(bytes);
        reader.Version(Version);
        byte tag = reader.Tag(2);
        Hash32 batch = reader.Hash32();
        ClientReceipt receipt = tag switch
        {
            0 => new Admitted(batch),
            1 => new Refused(batch, (AdmissionRefusal)reader.Tag((byte)AdmissionRefusal.NotReady)),
            _ => new Final(
                batch,
                new Height(reader.I64()),
                (BatchStatus)reader.Tag((byte)BatchStatus.OutOfOrder),
                reader.Option() ? BatchReceipts.Decode(ref reader) : null),
        };
        return reader.End() ? receipt : null;
    }
}
