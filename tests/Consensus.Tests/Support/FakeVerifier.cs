using System;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Tests.Support;

internal sealed class FakeVerifier : ISignatureVerifier
{
    public bool Verify(PublicKey key, ReadOnlySpan<byte> message, Signature signature) =>
        new FakeSigner(key).Sign(message) == signature;
}
