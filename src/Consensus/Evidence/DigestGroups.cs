using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Evidence;

/// <summary>
/// Of one height, for each statement its signers as a bitmap, kept up to date as statements come: what a peer's digests
/// say is compared eight validators at a time.
/// </summary>
internal sealed class DigestGroups(ValidatorSet set)
{
    private readonly SortedDictionary<(byte Tag, View View, Hash32 Digest), byte[]> _signers = [];

    /// <summary>What was added last: most often many say the same one after the other.</summary>
    private ReadStatement? _last;
    private byte[] _lastSigners = [];

    /// <summary>Bit i of a bitmap is its member i.</summary>
    public ValidatorSet Set => set;

    public void Add(ValidatorIndex signer, SenderLog.Entry entry)
    {
        if (entry.Statement != _last)
        {
            (byte, View, Hash32) key = (entry.Promise.Tag, entry.Promise.View, entry.Digest);
            if (!_signers.TryGetValue(key, out byte[]? bitmap))
            {
                bitmap = GossipCodec.Bitmap(set.Count);
                _signers.Add(key, bitmap);
            }

            _last = entry.Statement;
            _lastSigners = bitmap;
        }

        _lastSigners[signer.Value / 8] |= (byte)(1 << (signer.Value % 8));
    }

    /// <summary>Whoever signed a statement; null for nobody.</summary>
    public byte[]? SignersOf(byte tag, View view, Hash32 digest) => _signers.GetValueOrDefault((tag, view, digest));

    /// <summary>All, by kind, view and digest.</summary>
    public List<GossipCodec.Group> At(Height height)
    {
        List<GossipCodec.Group> groups = new(_signers.Count);
        foreach (((byte tag, View view, Hash32 digest), byte[] signers) in _signers)
        {
            groups.Add(new GossipCodec.Group(height, tag, view, digest, signers));
        }

        return groups;
    }
}
