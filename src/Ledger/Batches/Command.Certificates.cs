namespace EnergyNode.Ledger;

/// <content>Renewable energy certificates: docs/spec/rec.md.</content>
public abstract partial record Command
{
    /// <summary>
    /// Issues to the producer a certificate for each whole Wh that a meter generated in a closed epoch and for which
    /// none was issued yet. By the REC regulator. The receipt names the bundle.
    /// </summary>
    public sealed record IssueCertificates(MeterId Meter, EpochIndex Epoch) : Command;

    /// <summary>
    /// Cuts the last <paramref name="Quantity"/> off a bundle. By its owner. The receipt names the new bundle.
    /// </summary>
    public sealed record SplitCertificates(AccountId Owner, RecId Bundle, WattHours Quantity) : Command;

    /// <summary>Gives a whole bundle to another user. By its owner.</summary>
    public sealed record TransferCertificates(AccountId Owner, RecId Bundle, AccountId To) : Command;

    /// <summary>Uses a whole bundle up: it is claimed, once and for good. By its owner.</summary>
    /// <param name="Beneficiary">Whose consumption it is claimed for.</param>
    /// <param name="From">The first epoch of that consumption.</param>
    /// <param name="To">The last one.</param>
    public sealed record RetireCertificates(
        AccountId Owner, RecId Bundle, AccountId Beneficiary, EpochIndex From, EpochIndex To) : Command;
}
