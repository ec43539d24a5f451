using EnergyNode.Actors.Clients;
using EnergyNode.Actors.Ports;

namespace EnergyNode.Simulation;

/// <summary>Tells clients of other heights and of refusals that never were.</summary>
internal sealed class ClientLie : Lie
{
    public override void Leaves(Departure frame, Liar liar)
    {
        if (frame.Kind == FrameKind.Receipts && liar.Feels()
            && ClientReceipt.Decode(frame.Payload.Span) is { } receipt)
        {
            ClientReceipt lie = receipt is ClientReceipt.Final final && liar.Dice.Chance(700)
                ? final with { Height = final.Height.Next }
                : new ClientReceipt.Refused(receipt.Batch, AdmissionRefusal.BadSignature);
            frame.Payload = lie.ToArray();
        }
    }
}
