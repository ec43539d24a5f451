using System.Collections.Generic;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>
/// Keeps the batches of blocks in progress where a crash cannot take them. A vote says that its sender holds the
/// block's batches; were they in memory only, a power failure of all validators could leave a block that is locked and
/// that nobody can execute. They are handed to the journal before consensus hears of them, and the journal writes in
/// order, so a durable vote implies durable batches without a wait of its own.
/// </summary>
internal sealed class PayloadLog(IJournal journal)
{
    public const string Manifest = "payload/1";

    private readonly Dictionary<Hash32, Height> _kept = [];
    private readonly Queue<(Height Height, long Sequence)> _records = new();
    private long _sequence;

    /// <summary>What an earlier life kept for the heights after the last executed one. To be called first.</summary>
    public List<(Height Height, Verified<SignedBatch> Batch)> Recover(Height executed, BatchVerifier verifier)
    {
        _sequence = journal.HighestSequenceNumber(PersistenceIds.Payloads);
        List<(Height, Verified<SignedBatch>)> batches = [];
        foreach (JournalRecord record in journal.Read(PersistenceIds.Payloads, 1, _sequence))
        {
            BorshReader reader = new(record.Payload);
            Height height = new(reader.I64());
            byte[] bytes = reader.Fixed(reader.Remaining).ToArray();
            _records.Enqueue((height, record.SequenceNumber));
            if (height > executed && verifier.Verify(bytes, out Verified<SignedBatch> batch) == BatchRefusal.None)
            {
                _kept[batch.Value.Hash] = height;
                batches.Add((height, batch));
            }
        }

        return batches;
    }

    /// <summary>
    /// Journals those batches of a block in progress that are not journaled yet, or only until a lower height.
    /// </summary>
    /// <param name="replyTo">Told when they are durable; nobody has to wait for it.</param>
    public void Keep(Height height, IEnumerable<Verified<SignedBatch>> batches, Instant now, IActorRef replyTo)
    {
        List<JournalRecord> rows = [];
        foreach (Verified<SignedBatch> batch in batches)
        {
            if (_kept.GetValueOrDefault(batch.Value.Hash) < height)
            {
                _kept[batch.Value.Hash] = height;
                BorshWriter writer = new(batch.Value.Bytes.Length + sizeof(long));
                writer.I64(height.Value);
                writer.Fixed(batch.Value.Bytes.Span);
                _sequence++;
                _records.Enqueue((height, _sequence));
                rows.Add(new JournalRecord(
                    PersistenceIds.Payloads, _sequence, now, Manifest, writer.ToArray(), ""));
            }
        }

        if (rows.Count > 0)
        {
            journal.Append(rows, replyTo, _sequence);
        }
    }

    /// <summary>Blocks up to a height are journaled whole and executed: their batches need no second place.</summary>
    public void Forget(Height executed)
    {
        long upTo = 0;
        while (_records.TryPeek(out (Height Height, long Sequence) oldest) && oldest.Height <= executed)
        {
            upTo = oldest.Sequence;
            _records.Dequeue();
        }

        if (upTo > 0)
        {
            journal.DeleteTo(PersistenceIds.Payloads, upTo);
        }

        List<Hash32> past = [];
        foreach ((Hash32 hash, Height height) in _kept)
        {
            if (height <= executed)
            {
                past.Add(hash);
            }
        }

        foreach (Hash32 hash in past)
        {
            _kept.Remove(hash);
        }
    }
}
