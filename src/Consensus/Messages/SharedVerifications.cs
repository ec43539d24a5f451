using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>
/// For many nodes of one chain in one process, which get the same bytes of a broadcast: each is decoded once, and
/// verified once for each validator set, and the message, which nobody can change, is shared. The answer is the one
/// that every node would find. Frames are known by the identity of their array, so nobody may write to one that was
/// sent. Not thread-safe.
/// </summary>
public sealed class SharedVerifications
{
    /// <summary>Frames that are remembered: 100 validators have two or three each on their way; twice 4,096 places of
    /// some 50 bytes.</summary>
    private const int Places = 4_096;

    private readonly Reading[] _readings = new Reading[Places];
    private readonly Verdict[] _verdicts = new Verdict[Places];

    /// <summary>As <see cref="SignedMessage.Decode"/>.</summary>
    public SignedMessage? Decode(ReadOnlyMemory<byte> wire)
    {
        bool isWhole = MemoryMarshal.TryGetArray(wire, out ArraySegment<byte> segment)
            && segment.Array is { Length: > 0 } whole && whole.Length == wire.Length;
        if (!isWhole)
        {
            return SignedMessage.Decode(wire.Span);
        }

        byte[] array = segment.Array!;
        ref Reading place = ref _readings[PlaceOf(array)];
        if (!ReferenceEquals(place.Wire, array))
        {
            place = new Reading(array, SignedMessage.Decode(array));
        }

        return place.Message;
    }

    /// <summary>As the <see cref="MessageVerifier"/> does it.</summary>
    /// <param name="verifier">All that use this must be of one chain and one set of keys.</param>
    /// <param name="signed">From <see cref="Decode"/>.</param>
    /// <param name="set">The validator set of the message's height.</param>
    /// <param name="since">The first height of the set.</param>
    /// <param name="message">Only set when nothing is refused.</param>
    public MessageRefusal Verify(
        MessageVerifier verifier,
        SignedMessage signed,
        ValidatorSet set,
        Height since,
        out Verified<SignedMessage> message)
    {
        ref Verdict place = ref _verdicts[PlaceOf(signed)];
        bool isKnown = ReferenceEquals(place.Message, signed) && place.Set == set.Hash && place.Since == since
            && place.Protocol == verifier.Protocol;
        if (!isKnown)
        {
            MessageRefusal refusal = verifier.Verify(signed, set, since, out Verified<SignedMessage> verified);
            place = new Verdict(signed, set.Hash, since, verifier.Protocol, refusal, verified);
        }

        message = place.Verified;
        return place.Refusal;
    }

    private static int PlaceOf(object what) => (int)((uint)RuntimeHelpers.GetHashCode(what) % Places);

    private readonly record struct Reading(byte[]? Wire, SignedMessage? Message);

    private readonly record struct Verdict(
        SignedMessage? Message,
        Hash32 Set,
        Height Since,
        ConsensusProtocol Protocol,
        MessageRefusal Refusal,
        Verified<SignedMessage> Verified);
}
