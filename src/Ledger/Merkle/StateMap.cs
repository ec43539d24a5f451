using System;

namespace EnergyNode.Ledger;

/// <summary>
/// The authenticated state: an ordered map from keys (1 to 96 bytes) to values whose root depends on the content alone,
/// not on how it came about. A binary radix trie with one inner node for each bit that tells keys apart
/// (docs/spec/merkle.md). Changes mark a path as dirty; <see cref="Root"/> hashes what is dirty, once.
/// </summary>
/// <param name="shared">Where many maps of one process hash the same; null where each hashes for itself.</param>
public sealed class StateMap(SharedHashes? shared = null)
{
    // Inner nodes from the root to the leaf that the last Descend arrived at: scratch, kept to allocate nothing.
    private readonly StateInner[] _path = new StateInner[MerkleLimits.MaxPathLength];
    private object _owner = new();
    private StateNode? _root;
    private long _version;

    public int Count { get; private set; }

    /// <summary>SHA-256 evaluations so far, found in the shared ones or not, for tests and benchmarks.</summary>
    internal long HashCount { get; private set; }

    internal StateNode? Top => _root;

    /// <summary>Counts changes, so that a cursor notices one.</summary>
    internal long Version => _version;

    /// <summary>Adds the key or replaces its value. An equal value changes nothing. Both are copied.</summary>
    public void Set(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        CheckKey(key);
        if (value.Length > MerkleLimits.MaxValueLength)
        {
            throw new ArgumentException($"A value has at most {MerkleLimits.MaxValueLength} bytes.", nameof(value));
        }

        if (_root is null)
        {
            _root = new StateLeaf(_owner, key.ToArray(), value.ToArray());
            Count = 1;
            _version++;
            return;
        }

        StateLeaf leaf = Descend(key, out int depth);
        int difference = KeyBits.FirstDifference(key, leaf.Key);
        if (difference >= 0)
        {
            Insert(new StateLeaf(_owner, key.ToArray(), value.ToArray()), difference, leaf, depth);
            return;
        }

        if (!value.SequenceEqual(leaf.Value))
        {
            OwnLeaf(leaf, depth).Value = value.ToArray();
            _version++;
        }
    }

    /// <returns>False if the key was not there.</returns>
    public bool Remove(ReadOnlySpan<byte> key)
    {
        CheckKey(key);
        if (_root is null)
        {
            return false;
        }

        StateLeaf leaf = Descend(key, out int depth);
        if (!key.SequenceEqual(leaf.Key))
        {
            return false;
        }

        Count--;
        _version++;
        if (depth == 0)
        {
            _root = null;
            return true;
        }

        StateInner parent = _path[depth - 1];
        StateNode sibling = ReferenceEquals(parent.Left, leaf) ? parent.Right : parent.Left;
        OwnPath(depth - 1);
        Link(depth - 1, parent, sibling);
        return true;
    }

    public bool TryGet(ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
    {
        StateLeaf? leaf = Closest(key);
        bool found = leaf is not null && key.SequenceEqual(leaf.Key);
        value = found ? leaf!.Value : default(ReadOnlyMemory<byte>);
        return found;
    }

    public bool Contains(ReadOnlySpan<byte> key) => TryGet(key, out _);

    /// <summary>The root hash; 32 zero bytes for the empty map. Hashes what changed since the last call.</summary>
    public Hash32 Root()
    {
        if (_root is null)
        {
            return Hash32.Zero;
        }

        Rehash(_root);
        return _root.Hash;
    }

    /// <summary>All entries from the first key that is not less than <paramref name="start"/>, in key order.</summary>
    public StateCursor EntriesFrom(ReadOnlySpan<byte> start) => new(this, start, default);

    /// <summary>All entries in key order.</summary>
    public StateCursor Entries() => new(this, default, default);

    /// <summary>The entries whose keys begin with <paramref name="prefix"/>, in key order.</summary>
    public StateCursor EntriesWithPrefix(ReadOnlySpan<byte> prefix) => new(this, prefix, prefix);

    /// <summary>Proves to whoever knows <see cref="Root"/> which value the key has, or that it has none.</summary>
    public StateProof Prove(ReadOnlySpan<byte> key)
    {
        CheckKey(key);
        Root();
        if (_root is null)
        {
            return StateProof.OfEmptyMap();
        }

        StateLeaf leaf = Descend(key, out int depth);
        StateProofStep[] steps = new StateProofStep[depth];
        for (int i = 0; i < depth; i++)
        {
            StateInner inner = _path[i];
            StateNode sibling = KeyBits.At(key, inner.BitIndex) ? inner.Left : inner.Right;
            steps[i] = new StateProofStep(inner.BitIndex, sibling.Hash);
        }

        return key.SequenceEqual(leaf.Key)
            ? StateProof.OfPresence(steps, leaf.Value)
            : StateProof.OfAbsence(steps, leaf.Key, Hash32.Of(leaf.Value));
    }

    /// <summary>
    /// A second map with the same content, for the price of <see cref="Root"/>. From then on they share what neither
    /// changes, and shared nodes are never written to: keep one as of a checkpoint, to prove and to copy from, while
    /// the other goes on.
    /// </summary>
    public StateMap Fork()
    {
        Root();
        _owner = new object();
        return new StateMap(shared) { _root = _root, Count = Count };
    }

    /// <summary>The leaf at which a walk by the bits of the key ends; the key's own leaf if it has one.</summary>
    internal StateLeaf? Closest(ReadOnlySpan<byte> key)
    {
        StateNode? node = _root;
        while (node is StateInner inner)
        {
            node = KeyBits.At(key, inner.BitIndex) ? inner.Right : inner.Left;
        }

        return (StateLeaf?)node;
    }

    private StateLeaf Descend(ReadOnlySpan<byte> key, out int depth)
    {
        StateNode node = _root!;
        depth = 0;
        while (node is StateInner inner)
        {
            _path[depth++] = inner;
            node = KeyBits.At(key, inner.BitIndex) ? inner.Right : inner.Left;
        }

        return (StateLeaf)node;
    }

    private void Insert(StateLeaf added, int bitIndex, StateLeaf closest, int depth)
    {
        int above = depth;
        while (above > 0 && _path[above - 1].BitIndex > bitIndex)
        {
            above--;
        }

        StateNode displaced = above < depth ? _path[above] : closest;
        StateInner inner = KeyBits.At(added.Key, bitIndex)
            ? new StateInner(_owner, bitIndex, displaced, added)
            : new StateInner(_owner, bitIndex, added, displaced);
        OwnPath(above);
        Link(above, displaced, inner);
        Count++;
        _version++;
    }

    private StateLeaf OwnLeaf(StateLeaf leaf, int depth)
    {
        if (leaf.IsDirty)
        {
            return leaf;
        }

        OwnPath(depth);
        if (!ReferenceEquals(leaf.Owner, _owner))
        {
            StateLeaf copy = leaf.CopyFor(_owner);
            Link(depth, leaf, copy);
            return copy;
        }

        leaf.IsDirty = true;
        return leaf;
    }

    /// <summary>Makes the first <paramref name="depth"/> nodes of the path this map's own, and dirty.</summary>
    private void OwnPath(int depth)
    {
        int first = depth;
        while (first > 0 && !_path[first - 1].IsDirty)
        {
            first--;
        }

        for (int i = first; i < depth; i++)
        {
            StateInner inner = _path[i];
            if (ReferenceEquals(inner.Owner, _owner))
            {
                inner.IsDirty = true;
                continue;
            }

            StateInner copy = inner.CopyFor(_owner);
            Link(i, inner, copy);
            _path[i] = copy;
        }
    }

    /// <summary>Puts a node in the place of the child of the path's node number depth − 1, or of the root.</summary>
    private void Link(int depth, StateNode child, StateNode replacement)
    {
        if (depth == 0)
        {
            _root = replacement;
        }
        else
        {
            _path[depth - 1].Replace(child, replacement);
        }
    }

    /// <returns>True if the hash of the node is another one now.</returns>
    private bool Rehash(StateNode node)
    {
        if (!node.IsDirty)
        {
            return false;
        }

        Hash32 before = node.Hash;
        node.IsDirty = false;
        if (node is StateLeaf leaf)
        {
            leaf.Hash = shared?.OfLeaf(leaf) ?? MerkleHash.StateLeaf(leaf.Key, Hash32.Of(leaf.Value));
            HashCount += 2;
            return leaf.Hash != before;
        }

        StateInner inner = (StateInner)node;
        bool changed = Rehash(inner.Left) | Rehash(inner.Right);
        if (!changed && inner.HasHashedChildren)
        {
            return false;
        }

        inner.Hash = shared?.OfInner(inner.BitIndex, inner.Left.Hash, inner.Right.Hash)
            ?? MerkleHash.StateInner(inner.BitIndex, inner.Left.Hash, inner.Right.Hash);
        inner.HashedLeft = inner.Left;
        inner.HashedRight = inner.Right;
        HashCount++;
        return inner.Hash != before;
    }

    private static void CheckKey(ReadOnlySpan<byte> key)
    {
        if (key.Length is < 1 or > MerkleLimits.MaxKeyLength)
        {
            throw new ArgumentException($"A key has 1 to {MerkleLimits.MaxKeyLength} bytes.", nameof(key));
        }
    }
}
