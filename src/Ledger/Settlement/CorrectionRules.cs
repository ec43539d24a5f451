namespace EnergyNode.Ledger;

/// <summary>
/// Settles closed epochs anew, by the difference. Every change is a sum of differences or the greatest of what was
/// said, so the order of corrections does not matter. The rules DEV-1… are those of docs/spec/settlement.md.
/// </summary>
public sealed class CorrectionRules(LedgerState state, Postings postings)
{
    private readonly GridRegistryRules _grid = new(state);

    public LedgerError SetPrices(AccountId signer, Command.SetDeviationPrices command)
    {
        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        LedgerError refusal = CheckPrices(command.Short, command.Long);
        if (refusal == LedgerError.None)
        {
            state.DeviationPrices = new DeviationPrices(command.Short, command.Long);
        }

        return refusal;
    }

    internal static LedgerError CheckPrices(Price? dear, Price? cheap) =>
        IsPrice(dear) && IsPrice(cheap) ? LedgerError.None : LedgerError.InvalidPrice;

    public LedgerError Correct(AccountId signer, Command.CorrectReading command)
    {
        LedgerError refusal = Check(signer, command, out SettledMeter old);
        if (refusal != LedgerError.None)
        {
            return refusal;
        }

        ReadingCorrection correction = command.Correction;
        SettledMeter corrected = old with
        {
            Consumption = correction.Consumption,
            Generation = correction.Generation,
            Version = correction.Version,
        };
        MeterEpoch place = new(correction.Meter, correction.Epoch);
        SettledDifference difference = DifferenceOf(place.Epoch, old, corrected);
        if (!CanApply(old.Owner, old, corrected, difference))
        {
            return LedgerError.AmountOverflow;
        }

        state.SettledMeters.Set(place, corrected);
        RecRules.Correct(state, place, corrected);
        Record(old, corrected, difference);
        Settle(new AccountEpoch(old.Owner, place.Epoch), difference);
        return LedgerError.None;
    }

    private static bool IsPrice(Price? price) =>
        price is not { MicroPerKwh: < 0 or > Limits.MaxPriceMicroPerKwh };

    private LedgerError Check(AccountId signer, Command.CorrectReading command, out SettledMeter old)
    {
        old = default;
        ReadingCorrection correction = command.Correction;
        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        if (!state.Meters.TryGet(correction.Meter, out Meter meter))
        {
            return LedgerError.MeterNotFound;
        }

        if (correction.Key != meter.Key)
        {
            return LedgerError.WrongMeterKey;
        }

        Duration interval = state.LengthOf(correction.Epoch);
        if (correction.Consumption > MeteringRules.MostEnergy(meter.ImportRatingW, interval)
            || correction.Generation > MeteringRules.MostEnergy(meter.ExportRatingW, interval))
        {
            return LedgerError.ReadingAboveRating;
        }

        LedgerError refusal = _grid.CheckEnergy(
            correction.Meter, correction.Consumption, correction.Generation, interval);
        return refusal != LedgerError.None ? refusal : CheckEpoch(correction, out old);
    }

    private LedgerError CheckEpoch(ReadingCorrection correction, out SettledMeter old)
    {
        old = default;
        EpochIndex open = state.Totals.OpenEpoch;
        if (correction.Epoch.Value < 0 || correction.Epoch.Value >= open.Value)
        {
            return LedgerError.EpochNotClosed;
        }

        // DEV-8
        if (!SettlementRecords.IsKept(correction.Epoch, open))
        {
            return LedgerError.CorrectionTooLate;
        }

        MeterEpoch place = new(correction.Meter, correction.Epoch);
        if (!state.SettledMeters.TryGet(place, out old))
        {
            return LedgerError.MeterNotSettled;
        }

        // DEV-6
        int rank = (old with
        {
            Consumption = correction.Consumption,
            Generation = correction.Generation,
            Version = correction.Version,
        }).CompareRank(old);
        if (rank <= 0)
        {
            return rank == 0 ? LedgerError.CorrectionAlreadyApplied : LedgerError.CorrectionOutdated;
        }

        // DEV-7
        return correction.Generation < state.Generation.GetOrDefault(place).Issued
            ? LedgerError.GenerationCertified
            : LedgerError.None;
    }

    private SettledDifference DifferenceOf(EpochIndex epoch, in SettledMeter old, in SettledMeter corrected)
    {
        SettledAccount before = state.SettledAccounts.GetOrDefault(new AccountEpoch(old.Owner, epoch));
        WattHours more = corrected.Generation - old.Generation - (corrected.Consumption - old.Consumption);
        SettledAccount after = before with
        {
            Residual = new Deviation(before.Residual.Units + more.ToGrid().Units),
            Import = before.Import + corrected.Import - old.Import,
            Export = before.Export + corrected.Export - old.Export,
        };
        return new SettledDifference(before, after, state.SettledPrices[epoch]);
    }

    private bool CanApply(
        AccountId owner, in SettledMeter old, in SettledMeter corrected, in SettledDifference difference)
    {
        AccountId utility = state.Parameters.Utility;
        return postings.CanRestate((corrected.Generation - old.Generation).ToGrid())
            && MeteringRules.CanConsume(state, corrected.Consumption - old.Consumption)
            && postings.CanPay(owner, utility, difference.Cost)
            && postings.CanPay(utility, owner, Money.Zero - difference.Cost);
    }

    /// <summary>What was measured, in the totals and the owner's statement (DEV-5).</summary>
    private void Record(in SettledMeter old, in SettledMeter corrected, in SettledDifference difference)
    {
        WattHours consumption = corrected.Consumption - old.Consumption;
        WattHours generation = corrected.Generation - old.Generation;
        WattHours selfConsumed = corrected.SelfConsumed - old.SelfConsumed;
        postings.Restate(generation.ToGrid());
        MarketTotals totals = state.Totals;
        state.Totals = totals with
        {
            Consumption = totals.Consumption + consumption,
            Generation = totals.Generation + generation,
            SelfConsumed = totals.SelfConsumed + selfConsumed,
        };
        Statement statement = state.Statements.GetOrDefault(old.Owner);
        state.Statements.Set(
            old.Owner,
            statement with
            {
                Consumption = statement.Consumption + consumption,
                Generation = statement.Generation + generation,
                SelfConsumed = statement.SelfConsumed + selfConsumed,
            });
        CorrectionSums sums = state.CorrectionSums.GetOrDefault(old.Owner);
        Money cost = old.Owner == state.Parameters.Utility ? Money.Zero : difference.Cost;
        state.CorrectionSums.Set(
            old.Owner,
            new CorrectionSums(
                sums.Consumption + consumption, sums.Generation + generation, sums.Cost.PlusBounded(cost)));
    }

    /// <summary>The difference in money goes to the utility or comes from it (DEV-4).</summary>
    private void Settle(AccountEpoch place, in SettledDifference difference)
    {
        AccountId utility = state.Parameters.Utility;
        if (place.Account == utility)
        {
            return;
        }

        SettlementRecords.Set(state, place, difference.After);
        postings.PaySigned(place.Account, utility, difference.Cost);
        Statement statement = state.Statements[place.Account];
        state.Statements.Set(
            place.Account,
            statement with
            {
                BoughtFromUtility = statement.BoughtFromUtility.PlusBounded(difference.Bought),
                SoldToUtility = statement.SoldToUtility.PlusBounded(difference.Sold),
                PaidToUtility = statement.PaidToUtility.PlusBounded(difference.Paid),
                EarnedFromUtility = statement.EarnedFromUtility.PlusBounded(difference.Earned),
                WithoutMarket = statement.WithoutMarket + difference.WithoutMarket,
            });
        MarketTotals totals = state.Totals;
        state.Totals = totals with
        {
            BoughtFromUtility = totals.BoughtFromUtility.PlusBounded(difference.Bought),
            SoldToUtility = totals.SoldToUtility.PlusBounded(difference.Sold),
        };
    }
}
