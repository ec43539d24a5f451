using System;
using EnergyNode.Consensus.Tests.Support;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Consensus.Tests;

public sealed class SharedVerificationsTests
{
    private static readonly Community Four = new(4);
    private static readonly ConsensusMessage Vote =
        new ConsensusMessage.Status(new Height(1), View.Zero, Height.Genesis);

    private readonly SharedVerifications _shared = new();

    [Fact]
    public void One_array_is_decoded_once_and_its_message_is_shared()
    {
        byte[] wire = Four.Sign(1, Vote).Value.ToArray();
        SignedMessage? first = _shared.Decode(wire);
        Assert.NotNull(first);
        Assert.Same(first, _shared.Decode(wire));
        Assert.NotSame(first, _shared.Decode((byte[])wire.Clone()));
        Assert.Equal(MessageRefusal.None, Verify(first, Four.Set, Height.Genesis));
    }

    [Fact]
    public void A_part_of_an_array_is_not_taken_for_the_whole()
    {
        byte[] wire = Four.Sign(1, Vote).Value.ToArray();
        Assert.NotNull(_shared.Decode(wire));
        Assert.Null(_shared.Decode(wire.AsMemory(0, wire.Length - 1)));
        Assert.Null(_shared.Decode(Array.Empty<byte>()));
    }

    [Fact]
    public void A_wrong_signature_is_refused_to_each_who_asks()
    {
        byte[] good = Four.Sign(1, Vote).Value.ToArray();
        byte[] forged = (byte[])good.Clone();
        forged[^1] ^= 1;
        Assert.Equal(MessageRefusal.None, Verify(_shared.Decode(good)!, Four.Set, Height.Genesis));
        for (int node = 0; node < 3; node++)
        {
            Assert.Equal(MessageRefusal.BadSignature, Verify(_shared.Decode(forged)!, Four.Set, Height.Genesis));
        }
    }

    [Fact]
    public void A_verdict_counts_for_the_set_that_it_was_found_with()
    {
        SignedMessage message = _shared.Decode(Four.Sign(3, Vote).Value.ToArray())!;
        ValidatorSet smaller = new([Four.Set[new ValidatorIndex(0)]]);
        Assert.Equal(MessageRefusal.None, Verify(message, Four.Set, Height.Genesis));
        Assert.Equal(MessageRefusal.UnknownSigner, Verify(message, smaller, Height.Genesis));
        Assert.Equal(MessageRefusal.None, Verify(message, Four.Set, Height.Genesis));
    }

    private MessageRefusal Verify(SignedMessage message, ValidatorSet set, Height since) =>
        _shared.Verify(Four.Verifier, message, set, since, out _);
}
