namespace EnergyNode.Ledger;

/// <summary>
/// Readings. An accepted one mints its generation and burns what the home used of it; the rest is the owner's to sell.
/// </summary>
public sealed class MeteringRules(LedgerState state, Postings postings)
{
    private const long MicrosPerHour = 3_600 * Instant.MicrosPerSecond;

    private readonly GridRegistryRules _grid = new(state);

    public LedgerError Submit(AccountId signer, Command.SubmitReading command)
    {
        LedgerError refusal = Check(signer, command, out Meter meter);
        if (refusal != LedgerError.None)
        {
            return refusal;
        }

        MeterReading reading = command.Reading;
        WattHours selfConsumed = WattHours.Min(reading.Generation, reading.Consumption);
        postings.Mint(meter.Owner, reading.Generation.ToGrid());
        postings.Burn(meter.Owner, selfConsumed.ToGrid());
        Record(reading, meter, selfConsumed);
        return LedgerError.None;
    }

    /// <summary>The most energy that a connection can carry in one interval, rounded down.</summary>
    public static WattHours MostEnergy(long ratingW, Duration interval) =>
        new((long)((System.Int128)ratingW * interval.Micros / MicrosPerHour));

    /// <summary>
    /// What the utility will have delivered is never more than what was consumed, so this bounds both.
    /// </summary>
    public static bool CanConsume(LedgerState state, WattHours energy) =>
        state.Totals.Consumption.Wh <= (Limits.MaxTotal / Grid.UnitsPerWattHour) - energy.Wh;

    private LedgerError Check(AccountId signer, Command.SubmitReading command, out Meter meter)
    {
        MeterReading reading = command.Reading;
        bool known = state.Meters.TryGet(reading.Meter, out meter);
        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        if (!postings.CanMint(reading.Generation.ToGrid()) || !CanConsume(state, reading.Consumption))
        {
            return LedgerError.AmountOverflow;
        }

        if (!known)
        {
            return LedgerError.MeterNotFound;
        }

        if (reading.Key != meter.Key)
        {
            return LedgerError.WrongMeterKey;
        }

        if (reading.Start != state.OpenEpochStart)
        {
            return LedgerError.ReadingOutsideEpoch;
        }

        if (meter.ReadFor == state.Totals.OpenEpoch)
        {
            return LedgerError.ReadingAlreadySubmitted;
        }

        Duration interval = state.Parameters.EpochLength;
        return reading.Consumption > MostEnergy(meter.ImportRatingW, interval)
            || reading.Generation > MostEnergy(meter.ExportRatingW, interval)
            ? LedgerError.ReadingAboveRating
            : _grid.CheckEnergy(reading.Meter, reading.Consumption, reading.Generation, interval);
    }

    private void Record(MeterReading reading, Meter meter, WattHours selfConsumed)
    {
        RecRules.Record(state, reading, meter.Owner);
        MarketTotals totals = state.Totals;
        state.Meters.Set(
            reading.Meter,
            meter with
            {
                ReadFor = totals.OpenEpoch,
                Consumption = reading.Consumption,
                Generation = reading.Generation,
            });
        state.Totals = totals with
        {
            Readings = totals.Readings + 1,
            Generation = totals.Generation + reading.Generation,
            Consumption = totals.Consumption + reading.Consumption,
            SelfConsumed = totals.SelfConsumed + selfConsumed,
        };
        Statement statement = state.Statements.GetOrDefault(meter.Owner);
        state.Statements.Set(
            meter.Owner,
            statement with
            {
                Consumption = statement.Consumption + reading.Consumption,
                Generation = statement.Generation + reading.Generation,
                SelfConsumed = statement.SelfConsumed + selfConsumed,
            });
    }
}
