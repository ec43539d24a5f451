using System;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Work;

/// <summary>Verifies as another verifier does, with the processor time on a meter.</summary>
internal sealed class MeteredVerifier(ISignatureVerifier verifier, WorkMeter meter) : ISignatureVerifier
{
    public bool Verify(PublicKey key, ReadOnlySpan<byte> message, Signature signature)
    {
        WorkMeter.Mark mark = meter.Begin();
        bool good = verifier.Verify(key, message, signature);
        meter.End(WorkKind.Signatures, mark, 1);
        return good;
    }
}
