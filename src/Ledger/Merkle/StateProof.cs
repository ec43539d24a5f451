using System;

namespace EnergyNode.Ledger;

/// <summary>
/// Shows that a key has a value in a <see cref="StateMap"/>, or that it has none: the way that the bits of the key take
/// from the root, and the leaf where it ends. If that leaf is another key's, the key is absent.
/// </summary>
public sealed class StateProof
{
    private const byte EmptyTag = 0;
    private const byte PresentTag = 1;
    private const byte AbsentTag = 2;
    private const int StepSize = 2 + Hash32.Size;

    private readonly byte _tag;
    private readonly StateProofStep[] _steps;
    private readonly byte[] _value;
    private readonly byte[] _otherKey;
    private readonly Hash32 _otherValueHash;

    private StateProof(byte tag, StateProofStep[] steps, byte[] value, byte[] otherKey, Hash32 otherValueHash)
    {
        _tag = tag;
        _steps = steps;
        _value = value;
        _otherKey = otherKey;
        _otherValueHash = otherValueHash;
    }

    /// <summary>From the root down.</summary>
    public ReadOnlySpan<StateProofStep> Steps => _steps;

    internal static StateProof OfEmptyMap() => new(EmptyTag, [], [], [], default);

    internal static StateProof OfPresence(StateProofStep[] steps, byte[] value) =>
        new(PresentTag, steps, value, [], default);

    internal static StateProof OfAbsence(StateProofStep[] steps, byte[] otherKey, Hash32 otherValueHash) =>
        new(AbsentTag, steps, [], otherKey, otherValueHash);

    /// <param name="root">The root that a checkpoint certificate vouches for.</param>
    /// <param name="key">The key asked for.</param>
    /// <param name="value">Its value if the result is <see cref="StateProofResult.Present"/>, else empty.</param>
    public StateProofResult Verify(Hash32 root, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
    {
        value = default;
        if (key.Length is < 1 or > MerkleLimits.MaxKeyLength)
        {
            return StateProofResult.Invalid;
        }

        switch (_tag)
        {
            case EmptyTag:
                return root.IsZero ? StateProofResult.Absent : StateProofResult.Invalid;
            case PresentTag:
                if (Climb(key, MerkleHash.StateLeaf(key, Hash32.Of(_value))) != root)
                {
                    return StateProofResult.Invalid;
                }

                value = _value;
                return StateProofResult.Present;
            default:
                return !key.SequenceEqual(_otherKey)
                    && Climb(key, MerkleHash.StateLeaf(_otherKey, _otherValueHash)) == root
                        ? StateProofResult.Absent
                        : StateProofResult.Invalid;
        }
    }

    /// <summary>
    /// Borsh: an enum of Empty, Present { steps, value }, Absent { steps, other key, other value's hash }.
    /// </summary>
    public void Encode(BorshWriter writer)
    {
        writer.Tag(_tag);
        if (_tag == EmptyTag)
        {
            return;
        }

        writer.Count(_steps.Length);
        foreach (StateProofStep step in _steps)
        {
            writer.U16((ushort)step.BitIndex);
            writer.Hash32(step.Sibling);
        }

        if (_tag == PresentTag)
        {
            writer.Bytes(_value);
        }
        else
        {
            writer.Bytes(_otherKey);
            writer.Hash32(_otherValueHash);
        }
    }

    /// <summary>Reads a proof within <see cref="MerkleLimits"/>. Meaningless unless the reader is Ok after.</summary>
    public static StateProof Decode(ref BorshReader reader)
    {
        byte tag = reader.Tag(AbsentTag);
        if (tag == EmptyTag)
        {
            return OfEmptyMap();
        }

        StateProofStep[] steps = DecodeSteps(ref reader);
        if (tag == PresentTag)
        {
            return OfPresence(steps, reader.Bytes(MerkleLimits.MaxValueLength).ToArray());
        }

        byte[] otherKey = reader.Bytes(MerkleLimits.MaxKeyLength).ToArray();
        if (otherKey.Length == 0)
        {
            reader.Fail(CodecError.OutOfRange);
        }

        return OfAbsence(steps, otherKey, reader.Hash32());
    }

    private static StateProofStep[] DecodeSteps(ref BorshReader reader)
    {
        StateProofStep[] steps = new StateProofStep[reader.Count(MerkleLimits.MaxPathLength, StepSize)];
        int previous = 0;
        for (int i = 0; i < steps.Length; i++)
        {
            int bitIndex = reader.U16();
            if (bitIndex > MerkleLimits.MaxBitIndex)
            {
                reader.Fail(CodecError.OutOfRange);
            }
            else if (bitIndex <= previous)
            {
                reader.Fail(CodecError.NotSorted);
            }

            previous = bitIndex;
            steps[i] = new StateProofStep(bitIndex, reader.Hash32());
        }

        return steps;
    }

    /// <summary>The root of a map in which the bits of the key lead to this leaf, whosever key that has.</summary>
    private Hash32 Climb(ReadOnlySpan<byte> key, Hash32 leaf)
    {
        Hash32 hash = leaf;
        for (int i = _steps.Length - 1; i >= 0; i--)
        {
            StateProofStep step = _steps[i];
            hash = KeyBits.At(key, step.BitIndex)
                ? MerkleHash.StateInner(step.BitIndex, step.Sibling, hash)
                : MerkleHash.StateInner(step.BitIndex, hash, step.Sibling);
        }

        return hash;
    }
}
