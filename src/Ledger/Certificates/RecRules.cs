namespace EnergyNode.Ledger;

/// <summary>
/// Certificates of origin at the grain of one Wh. The rules REC-1… are those of docs/spec/rec.md. Each method refuses
/// before it changes anything.
/// </summary>
public sealed class RecRules(LedgerState state)
{
    /// <summary>Notes what a verified reading says was generated in the open epoch.</summary>
    public static void Record(LedgerState state, MeterReading reading, AccountId producer)
    {
        // REC-1
        if (reading.Generation > WattHours.Zero)
        {
            state.Generation.Set(
                new MeterEpoch(reading.Meter, state.Totals.OpenEpoch),
                new Generation(producer, reading.Generation, WattHours.Zero));
        }
    }

    /// <summary>
    /// Notes what a correction says was generated. The caller has seen to it that no more is certified (DEV-7).
    /// </summary>
    public static void Correct(LedgerState state, MeterEpoch place, SettledMeter corrected)
    {
        Generation generation = state.Generation.GetOrDefault(place);
        if (corrected.Generation == WattHours.Zero)
        {
            state.Generation.Remove(place);
            return;
        }

        state.Generation.Set(
            place, generation with { Producer = corrected.Owner, Verified = corrected.Generation });
    }

    public Receipt Issue(AccountId signer, Command.IssueCertificates command)
    {
        MeterEpoch place = new(command.Meter, command.Epoch);
        Generation generation = state.Generation.GetOrDefault(place);
        LedgerError refusal = CheckIssue(signer, command, generation);
        if (refusal != LedgerError.None)
        {
            return new Receipt(refusal, 0);
        }

        // REC-2, REC-3
        WattHours quantity = generation.Verified - generation.Issued;
        RecId id = Add(new RecBundle(
            command.Meter, command.Epoch, generation.Producer, generation.Issued.Wh, quantity, null));
        state.Generation.Set(place, generation with { Issued = generation.Verified });
        RecTotals totals = state.RecTotals;
        state.RecTotals = totals with { Issued = totals.Issued + quantity };
        Change(generation.Producer, bundles: 1, active: quantity.Wh);
        return new Receipt(LedgerError.None, id.Value);
    }

    public Receipt Split(AccountId signer, Command.SplitCertificates command)
    {
        LedgerError refusal = CheckBundle(signer, command, command.Owner, command.Bundle, out RecBundle bundle);
        if (refusal == LedgerError.None)
        {
            refusal = command.Quantity.Wh < 1 || command.Quantity >= bundle.Quantity ? LedgerError.InvalidAmount
                : IsFull(command.Owner) ? LedgerError.TooManyCertificates
                : LedgerError.None;
        }

        if (refusal != LedgerError.None)
        {
            return new Receipt(refusal, 0);
        }

        // REC-4
        WattHours kept = bundle.Quantity - command.Quantity;
        state.RecBundles.Set(command.Bundle, bundle with { Quantity = kept });
        RecId id = Add(bundle with { FirstWh = bundle.FirstWh + kept.Wh, Quantity = command.Quantity });
        Change(command.Owner, bundles: 1, active: 0);
        return new Receipt(LedgerError.None, id.Value);
    }

    public LedgerError Transfer(AccountId signer, Command.TransferCertificates command)
    {
        if (!state.Users.Contains(command.To))
        {
            return LedgerError.UserNotFound;
        }

        if (command.Owner == command.To && state.Users.Contains(command.Owner))
        {
            return LedgerError.TransferToSelf;
        }

        LedgerError refusal = CheckBundle(signer, command, command.Owner, command.Bundle, out RecBundle bundle);
        if (refusal != LedgerError.None || IsFull(command.To))
        {
            return refusal != LedgerError.None ? refusal : LedgerError.TooManyCertificates;
        }

        state.RecBundles.Set(command.Bundle, bundle with { Owner = command.To });
        Change(command.Owner, bundles: -1, active: -bundle.Quantity.Wh);
        Change(command.To, bundles: 1, active: bundle.Quantity.Wh);
        return LedgerError.None;
    }

    public LedgerError Retire(AccountId signer, Command.RetireCertificates command)
    {
        if (!state.Users.Contains(command.Beneficiary))
        {
            return LedgerError.UserNotFound;
        }

        LedgerError refusal = CheckBundle(signer, command, command.Owner, command.Bundle, out RecBundle bundle);
        if (refusal != LedgerError.None || !IsPeriod(command.From, command.To))
        {
            return refusal != LedgerError.None ? refusal : LedgerError.InvalidClaimPeriod;
        }

        // REC-5
        RecClaim claim = new(command.Beneficiary, command.From, command.To, state.Totals.OpenEpoch);
        state.RecBundles.Set(command.Bundle, bundle with { Claim = claim });
        RecTotals totals = state.RecTotals;
        state.RecTotals = totals with { Retired = totals.Retired + bundle.Quantity };
        Change(command.Owner, bundles: -1, active: -bundle.Quantity.Wh, retired: bundle.Quantity.Wh);
        return LedgerError.None;
    }

    /// <summary>From this market time on certificates of an epoch cannot be used.</summary>
    public static Instant ExpiryOf(LedgerState state, EpochIndex epoch) =>
        new(state.EndOf(epoch).Micros + Limits.CertificateLifeMicros);

    private LedgerError CheckIssue(AccountId signer, Command.IssueCertificates command, Generation generation)
    {
        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        if (!state.Meters.Contains(command.Meter))
        {
            return LedgerError.MeterNotFound;
        }

        if (command.Epoch.Value < 0 || command.Epoch.Value >= state.Totals.OpenEpoch.Value)
        {
            return LedgerError.EpochNotClosed;
        }

        if (generation.Verified == generation.Issued)
        {
            return LedgerError.NothingToCertify;
        }

        return IsExpired(command.Epoch) ? LedgerError.CertificateExpired
            : IsFull(generation.Producer) ? LedgerError.TooManyCertificates
            : LedgerError.None;
    }

    private LedgerError CheckBundle(
        AccountId signer, Command command, AccountId owner, RecId id, out RecBundle bundle)
    {
        bool known = state.RecBundles.TryGet(id, out bundle);
        if (!state.Users.Contains(owner))
        {
            return LedgerError.UserNotFound;
        }

        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        if (!known)
        {
            return LedgerError.CertificateNotFound;
        }

        if (bundle.Owner != owner)
        {
            return LedgerError.CertificateNotOwned;
        }

        // REC-5, REC-6
        return bundle.IsRetired ? LedgerError.CertificateRetired
            : IsExpired(bundle.Epoch) ? LedgerError.CertificateExpired
            : LedgerError.None;
    }

    /// <summary>The numbers may be anything: they are compared before they are subtracted.</summary>
    private bool IsPeriod(EpochIndex from, EpochIndex to) =>
        from.Value >= 0 && from.Value <= to.Value && to.Value < state.Totals.OpenEpoch.Value
        && to.Value - from.Value < Limits.MaxClaimEpochs;

    /// <summary>By the market's clock, so that recorded data can be replayed at any time.</summary>
    private bool IsExpired(EpochIndex epoch) => state.OpenEpochStart >= ExpiryOf(state, epoch);

    private bool IsFull(AccountId account) =>
        state.RecHoldings.GetOrDefault(account).Bundles >= Limits.MaxCertificateBundlesPerAccount;

    private RecId Add(RecBundle bundle)
    {
        RecTotals totals = state.RecTotals;
        RecId id = new(totals.Bundles + 1);
        state.RecTotals = totals with { Bundles = id.Value };
        state.RecBundles.Set(id, bundle);
        return id;
    }

    /// <summary>REC-7: what an account holds moves with its bundles.</summary>
    private void Change(AccountId account, int bundles, long active, long retired = 0)
    {
        RecHolding holding = state.RecHoldings.GetOrDefault(account);
        state.RecHoldings.Set(
            account,
            new RecHolding(
                holding.Bundles + bundles,
                new WattHours(holding.Active.Wh + active),
                new WattHours(holding.Retired.Wh + retired)));
    }
}
