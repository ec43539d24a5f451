namespace EnergyNode.Ledger;

/// <summary>The commands of certificates, tags 60 to 63.</summary>
internal static class RecCommandCodec
{
    private const byte IssueCertificates = 60;
    private const byte SplitCertificates = 61;
    private const byte TransferCertificates = 62;
    private const byte RetireCertificates = 63;

    /// <returns>False when the command is not about certificates.</returns>
    public static bool TryEncode(Command command, BorshWriter writer)
    {
        switch (command)
        {
            case Command.IssueCertificates c:
                writer.Tag(IssueCertificates);
                writer.MeterId(c.Meter);
                writer.I64(c.Epoch.Value);
                return true;
            case Command.SplitCertificates c:
                writer.Tag(SplitCertificates);
                writer.AccountId(c.Owner);
                writer.I64(c.Bundle.Value);
                writer.I64(c.Quantity.Wh);
                return true;
            case Command.TransferCertificates c:
                writer.Tag(TransferCertificates);
                writer.AccountId(c.Owner);
                writer.I64(c.Bundle.Value);
                writer.AccountId(c.To);
                return true;
            case Command.RetireCertificates c:
                writer.Tag(RetireCertificates);
                writer.AccountId(c.Owner);
                writer.I64(c.Bundle.Value);
                writer.AccountId(c.Beneficiary);
                writer.I64(c.From.Value);
                writer.I64(c.To.Value);
                return true;
            default:
                return false;
        }
    }

    /// <returns>Null when the tag is not one of certificates.</returns>
    public static Command? Decode(byte tag, ref BorshReader reader) => tag switch
    {
        IssueCertificates => new Command.IssueCertificates(reader.MeterId(), new EpochIndex(reader.I64())),
        SplitCertificates => new Command.SplitCertificates(
            reader.AccountId(), new RecId(reader.I64()), new WattHours(reader.I64())),
        TransferCertificates => new Command.TransferCertificates(
            reader.AccountId(), new RecId(reader.I64()), reader.AccountId()),
        RetireCertificates => new Command.RetireCertificates(
            reader.AccountId(),
            new RecId(reader.I64()),
            reader.AccountId(),
            new EpochIndex(reader.I64()),
            new EpochIndex(reader.I64())),
        _ => null,
    };
}
