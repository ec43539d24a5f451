namespace EnergyNode.Ledger;

/// <summary>
/// The energy of one interval at one meter, signed by the meter. The signature covers the domain, the chain and the
/// fields before it; the key travels along so that the signature can be checked before the ledger is asked whose it is.
/// </summary>
/// <param name="Start">Begin of the interval, which is one epoch long.</param>
/// <param name="Consumption">What the home used.</param>
/// <param name="Generation">What its own plant generated.</param>
public sealed record MeterReading(
    MeterId Meter, Instant Start, WattHours Consumption, WattHours Generation, PublicKey Key, Signature Signature)
{
    private const string Domain = "energynode/reading/1";

    /// <summary>What the home took from the grid.</summary>
    public WattHours Import => Consumption > Generation ? Consumption - Generation : WattHours.Zero;

    /// <summary>Makes a signed reading; for meters and those who stand for them.</summary>
    public static MeterReading Sign(
        ChainId chain, MeterId meter, Instant start, WattHours consumption, WattHours generation, ISigner signer)
    {
        MeterReading unsigned = new(meter, start, consumption, generation, signer.PublicKey, default);
        BorshWriter writer = new();
        unsigned.EncodeSigned(chain, writer);
        return unsigned with { Signature = signer.Sign(writer.WrittenSpan) };
    }

    internal bool HasGoodSignature(ChainId chain, ISignatureVerifier verifier, BorshWriter scratch)
    {
        scratch.Clear();
        EncodeSigned(chain, scratch);
        return verifier.Verify(Key, scratch.WrittenSpan, Signature);
    }

    internal void Encode(BorshWriter writer)
    {
        EncodeBody(writer);
        writer.PublicKey(Key);
        writer.Signature(Signature);
    }

    internal static MeterReading Decode(ref BorshReader reader) => new(
        reader.MeterId(),
        new Instant(reader.I64()),
        new WattHours(reader.I64(0, Limits.MaxEnergyWh)),
        new WattHours(reader.I64(0, Limits.MaxEnergyWh)),
        reader.PublicKey(),
        reader.Signature());

    private void EncodeSigned(ChainId chain, BorshWriter writer)
    {
        writer.Ascii(Domain);
        writer.ChainId(chain);
        EncodeBody(writer);
    }

    private void EncodeBody(BorshWriter writer)
    {
        writer.MeterId(Meter);
        writer.I64(Start.Micros);
        writer.I64(Consumption.Wh);
        writer.I64(Generation.Wh);
    }
}
