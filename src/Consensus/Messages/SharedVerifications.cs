using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>
/// For many nodes of one chain in one process, which get the same bytes of a broadcast: each is decoded and verified
/// once for each validator set, and the message, which nobody can change, is shared. The answer is the one that every
/// node would find. Frames are known by the identity of their array, so nobody may write to one that was sent. Not
/// thread-safe.
/// </summary>
public sealed class SharedVerifications
{
    /// <summary>Frames that are remembered: 100 validators have two or three each on their way; 4,096 places of some
    /// 100 bytes.</summary>
    private const int Places = 4_096;

    private readonly Place[] _places = new Place[Places];

    /// <summary>As <see cref="MessageVerifier.Verify(ReadOnlySpan{byte}, ValidatorSet, out Verified{SignedMessage})"/>.
    /// </summary>
    /// <param name="verifier">All that use this must be of one chain and one set of keys.</param>
    public MessageRefusal Verify(
        MessageVerifier verifier, ReadOnlyMemory<byte> wire, ValidatorSet set, out Verified<SignedMessage> message)
    {
        bool isWhole = MemoryMarshal.TryGetArray(wire, out ArraySegment<byte> segment)
            && segment.Array is { Length: > 0 } whole && whole.Length == wire.Length;
        if (!isWhole)
        {
            return verifier.Verify(wire.Span, set, out message);
        }

        byte[] array = segment.Array!;
        ref Place place = ref _places[(uint)RuntimeHelpers.GetHashCode(array) % Places];
        if (!ReferenceEquals(place.Wire, array) || place.Set != set.Hash || place.Protocol != verifier.Protocol)
        {
            MessageRefusal refusal = verifier.Verify(wire.Span, set, out message);
            place = new Place(array, set.Hash, verifier.Protocol, refusal, message);
        }

        message = place.Message;
        return place.Refusal;
    }

    private readonly record struct Place(
        byte[]? Wire,
        Hash32 Set,
        ConsensusProtocol Protocol,
        MessageRefusal Refusal,
        Verified<SignedMessage> Message);
}
