namespace EnergyNode.Ledger;

/// <summary>
/// A node of a <see cref="StateMap"/>. Only the map that owns it may change it; others that share it copy it first.
/// A dirty node is owned by its map, and all its ancestors are dirty.
/// </summary>
internal abstract class StateNode(object owner)
{
    public readonly object Owner = owner;

    /// <summary>As of the last time the node was hashed; all zeros before.</summary>
    public Hash32 Hash;

    public bool IsDirty = true;
}

internal sealed class StateLeaf(object owner, byte[] key, byte[] value) : StateNode(owner)
{
    public readonly byte[] Key = key;

    /// <summary>Replaced, never written to: readers and other maps hold on to it.</summary>
    public byte[] Value = value;

    public StateLeaf CopyFor(object owner) => new(owner, Key, Value) { Hash = Hash };
}

internal sealed class StateInner(object owner, int bitIndex, StateNode left, StateNode right) : StateNode(owner)
{
    /// <summary>The first bit in which the keys below differ: 0 goes left, 1 goes right.</summary>
    public readonly int BitIndex = bitIndex;

    public StateNode Left = left;

    public StateNode Right = right;

    /// <summary>The children that <see cref="StateNode.Hash"/> was made of: if they are back, so is the hash.</summary>
    public StateNode? HashedLeft;

    public StateNode? HashedRight;

    public bool HasHashedChildren => ReferenceEquals(Left, HashedLeft) && ReferenceEquals(Right, HashedRight);

    public StateInner CopyFor(object owner) =>
        new(owner, BitIndex, Left, Right) { Hash = Hash, HashedLeft = HashedLeft, HashedRight = HashedRight };

    public void Replace(StateNode child, StateNode replacement)
    {
        if (ReferenceEquals(Left, child))
        {
            Left = replacement;
        }
        else
        {
            Right = replacement;
        }
    }
}
