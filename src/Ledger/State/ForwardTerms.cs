namespace EnergyNode.Ledger;

/// <summary>What a forward book trades: energy of an epoch that is yet to come.</summary>
/// <param name="Delivery">The epoch of delivery, later than the open one.</param>
/// <param name="GateEpochs">
/// The gate closes with the close of epoch delivery − 1 − this: 0 trades until the delivery epoch opens.
/// </param>
/// <param name="Cycle">
/// After the gate has closed, the book goes on with delivery + this; 0 shuts the book.
/// </param>
public readonly record struct ForwardTerms(EpochIndex Delivery, long GateEpochs, long Cycle)
{
    /// <summary>The epoch with whose close the gate closes.</summary>
    public EpochIndex GateCloses => new(Delivery.Value - 1 - GateEpochs);

    internal static ForwardTerms Decode(ref BorshReader reader) =>
        new(new EpochIndex(reader.I64()), reader.I64(), reader.I64());

    internal void Encode(BorshWriter writer)
    {
        writer.I64(Delivery.Value);
        writer.I64(GateEpochs);
        writer.I64(Cycle);
    }
}
