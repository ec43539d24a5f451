using System.Collections.Generic;
using EnergyNode.Actors.Clients;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>
/// Verified batches that wait for a block, in the order of arrival and, for one signer, of nonces. Admits registered
/// signers only, with a quota for each. Pure: no clock, no messages.
/// </summary>
public sealed class Mempool(MempoolLimits limits)
{
    private readonly Dictionary<Hash32, Entry> _entries = [];
    private readonly SortedDictionary<long, Hash32> _arrivals = [];
    private readonly Dictionary<PublicKey, Signer> _signers = [];
    private readonly HashSet<PublicKey> _evidenceOnly = [];
    private IReadOnlyList<PublicKey>? _evidenceSigners;
    private long _arrival;

    public int Count => _entries.Count;

    public long Bytes { get; private set; }

    public bool Contains(Hash32 batch) => _entries.ContainsKey(batch);

    public Verified<SignedBatch>? Find(Hash32 batch) =>
        _entries.TryGetValue(batch, out Entry? entry) ? entry.Batch : null;

    /// <summary>What the ledger knows of these signers now, and who may bring evidence only.</summary>
    public void UpdateSigners(
        IReadOnlyList<KeyValuePair<PublicKey, NonceWindow>> signers, IReadOnlyList<PublicKey> evidenceSigners)
    {
        foreach ((PublicKey key, NonceWindow nonces) in signers)
        {
            UpdateSigner(key, nonces);
        }

        SetEvidenceSigners(evidenceSigners);
    }

    /// <summary>What the ledger knows of a signer now.</summary>
    public void UpdateSigner(PublicKey key, NonceWindow nonces)
    {
        if (_signers.TryGetValue(key, out Signer? signer))
        {
            signer.Nonces = nonces;
        }
        else
        {
            _signers.Add(key, new Signer { Nonces = nonces });
        }
    }

    /// <summary>Validators without an account: they may bring evidence, and nothing else.</summary>
    public void SetEvidenceSigners(IReadOnlyList<PublicKey> keys)
    {
        if (!ReferenceEquals(keys, _evidenceSigners))
        {
            _evidenceSigners = keys;
            _evidenceOnly.Clear();
            _evidenceOnly.UnionWith(keys);
        }
    }

    /// <param name="time">Block time or later.</param>
    public AdmissionRefusal Add(Verified<SignedBatch> verified, Instant time)
    {
        SignedBatch batch = verified.Value;
        if (_entries.ContainsKey(batch.Hash))
        {
            return AdmissionRefusal.None;
        }

        if (!_signers.TryGetValue(batch.Signer, out Signer? signer)
            || (_evidenceOnly.Contains(batch.Signer) && !EvidenceRules.IsEvidenceOnly(batch)))
        {
            return AdmissionRefusal.UnknownSigner;
        }

        if (batch.ValidUntil < time || batch.ValidUntil > time.Plus(Ledger.Limits.MaxValidity))
        {
            return AdmissionRefusal.Expired;
        }

        if (!IsUsable(batch, signer) || signer.ByNonce.ContainsKey(batch.Nonce))
        {
            return AdmissionRefusal.NonceUnusable;
        }

        int quota = _evidenceOnly.Contains(batch.Signer) ? limits.MaxEvidenceBatches : limits.MaxBatchesPerSigner;
        if (signer.ByNonce.Count >= quota)
        {
            return AdmissionRefusal.QuotaExceeded;
        }

        if (_entries.Count >= limits.MaxBatches || Bytes + batch.Bytes.Length > limits.MaxBytes)
        {
            return AdmissionRefusal.MempoolFull;
        }

        _arrival++;
        _entries.Add(batch.Hash, new Entry(verified, _arrival));
        _arrivals.Add(_arrival, batch.Hash);
        signer.ByNonce.Add(batch.Nonce, batch.Hash);
        Bytes += batch.Bytes.Length;
        return AdmissionRefusal.None;
    }

    /// <summary>
    /// What a block would take now: oldest first, each signer's in the order of nonces, and an in-order batch only when
    /// its predecessor is executed or stands before it.
    /// </summary>
    /// <param name="ordered">In blocks already that are not executed yet: passed over, but they stand before.</param>
    public List<Hash32> Select(IReadOnlySet<Hash32>? ordered = null)
    {
        List<Hash32> chosen = [];
        HashSet<Hash32> taken = [];
        Dictionary<PublicKey, long> highest = [];
        long bytes = 0;
        foreach (Hash32 arrived in _arrivals.Values)
        {
            Signer signer = _signers[_entries[arrived].Batch.Value.Signer];
            foreach (Hash32 hash in signer.ByNonce.Values)
            {
                SignedBatch batch = _entries[hash].Batch.Value;
                if (ordered is not null && ordered.Contains(hash))
                {
                    highest[batch.Signer] = System.Math.Max(batch.Nonce, highest.GetValueOrDefault(batch.Signer));
                }
                else if (!taken.Contains(hash) && IsNext(batch, signer, highest))
                {
                    if (chosen.Count == limits.MaxBatchesPerBlock
                        || bytes + batch.Bytes.Length > limits.MaxBlockBytes)
                    {
                        return chosen;
                    }

                    taken.Add(hash);
                    chosen.Add(hash);
                    bytes += batch.Bytes.Length;
                    highest[batch.Signer] = System.Math.Max(batch.Nonce, highest.GetValueOrDefault(batch.Signer));
                }

                if (hash == arrived)
                {
                    break;
                }
            }
        }

        return chosen;
    }

    /// <summary>Takes out a batch that is in a block or that nobody wants any more.</summary>
    public void Remove(Hash32 hash)
    {
        if (_entries.Remove(hash, out Entry? entry))
        {
            SignedBatch batch = entry.Batch.Value;
            _arrivals.Remove(entry.Arrival);
            _signers[batch.Signer].ByNonce.Remove(batch.Nonce);
            Bytes -= batch.Bytes.Length;
        }
    }

    /// <summary>
    /// Takes out what can no longer be executed: past its time, its nonce used, or its place in the order overtaken.
    /// </summary>
    /// <returns>The hashes taken out with the reason, in the order of arrival.</returns>
    public List<(Hash32 Batch, AdmissionRefusal Reason)> RemoveStale(Instant blockTime)
    {
        List<(Hash32, AdmissionRefusal)> stale = [];
        foreach (Hash32 hash in _arrivals.Values)
        {
            SignedBatch batch = _entries[hash].Batch.Value;
            if (batch.ValidUntil < blockTime)
            {
                stale.Add((hash, AdmissionRefusal.Expired));
            }
            else if (!IsUsable(batch, _signers[batch.Signer]))
            {
                stale.Add((hash, AdmissionRefusal.NonceUnusable));
            }
        }

        foreach ((Hash32 hash, AdmissionRefusal _) in stale)
        {
            Remove(hash);
        }

        return stale;
    }

    private static bool IsUsable(SignedBatch batch, Signer signer) =>
        signer.Nonces.Accepts(batch.Nonce)
        && ((batch.Flags & BatchFlags.InOrder) == 0 || batch.Nonce > signer.Nonces.Highest);

    private static bool IsNext(SignedBatch batch, Signer signer, Dictionary<PublicKey, long> highest)
    {
        long executed = System.Math.Max(signer.Nonces.Highest, highest.GetValueOrDefault(batch.Signer));
        return (batch.Flags & BatchFlags.InOrder) == 0 || batch.Nonce == executed + 1;
    }

    private sealed record Entry(Verified<SignedBatch> Batch, long Arrival);

    private sealed class Signer
    {
        public NonceWindow Nonces { get; set; }

        public SortedDictionary<long, Hash32> ByNonce { get; } = [];
    }
}
