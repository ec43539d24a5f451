namespace EnergyNode.Ledger;

/// <summary>
/// What a meter says that it really measured in a closed epoch, signed by the meter as a reading is. A reading that
/// comes late is the correction of one that counted as zero.
/// </summary>
/// <param name="Version">1 to <see cref="Limits.MaxCorrectionVersion"/>: the higher one prevails.</param>
/// <param name="Consumption">What the home used, all of it, not the difference.</param>
/// <param name="Generation">What its own plant generated, all of it.</param>
public sealed record ReadingCorrection(
    MeterId Meter,
    EpochIndex Epoch,
    long Version,
    WattHours Consumption,
    WattHours Generation,
    PublicKey Key,
    Signature Signature)
{
    private const string Domain = "energynode/correction/1";

    /// <summary>Makes a signed correction; for meters and those who stand for them.</summary>
    public static ReadingCorrection Sign(
        ChainId chain,
        MeterId meter,
        EpochIndex epoch,
        long version,
        WattHours consumption,
        WattHours generation,
        ISigner signer)
    {
        ReadingCorrection unsigned = new(meter, epoch, version, consumption, generation, signer.PublicKey, default);
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

    internal static ReadingCorrection Decode(ref BorshReader reader) => new(
        reader.MeterId(),
        new EpochIndex(reader.I64()),
        reader.I64(1, Limits.MaxCorrectionVersion),
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
        writer.I64(Epoch.Value);
        writer.I64(Version);
        writer.I64(Consumption.Wh);
        writer.I64(Generation.Wh);
    }
}
