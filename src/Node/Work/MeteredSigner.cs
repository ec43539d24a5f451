using System;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Work;

/// <summary>Signs as another signer does, with the processor time on a meter.</summary>
internal sealed class MeteredSigner(ISigner signer, WorkMeter meter) : ISigner
{
    public PublicKey PublicKey => signer.PublicKey;

    public Signature Sign(ReadOnlySpan<byte> message)
    {
        WorkMeter.Mark mark = meter.Begin();
        Signature signature = signer.Sign(message);
        meter.End(WorkKind.Signatures, mark, 1);
        return signature;
    }
}
