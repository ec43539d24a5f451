namespace EnergyNode.Ledger;

/// <summary>Zones, feeders and where meters are. Each method refuses before it changes anything.</summary>
public sealed class GridRegistryRules(LedgerState state)
{
    public LedgerError RegisterZone(AccountId signer, Command.RegisterZone command)
    {
        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        if (state.Zones.Contains(command.Zone))
        {
            return LedgerError.ZoneAlreadyExists;
        }

        state.Zones.Set(command.Zone, 0);
        return LedgerError.None;
    }

    public LedgerError RegisterFeeder(AccountId signer, Command.RegisterFeeder command)
    {
        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        if (!state.Zones.TryGet(command.Zone, out int feeders))
        {
            return LedgerError.ZoneNotFound;
        }

        if (state.Feeders.Contains(command.Feeder))
        {
            return LedgerError.FeederAlreadyExists;
        }

        if (!IsRating(command.CapacityW))
        {
            return LedgerError.InvalidRating;
        }

        state.Feeders.Set(command.Feeder, new Feeder(command.Zone, command.CapacityW));
        state.Zones.Set(command.Zone, feeders + 1);
        return LedgerError.None;
    }

    public LedgerError ConnectMeter(AccountId signer, Command.ConnectMeter command)
    {
        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        if (!state.Meters.Contains(command.Meter))
        {
            return LedgerError.MeterNotFound;
        }

        if (!state.Feeders.Contains(command.Feeder))
        {
            return LedgerError.FeederNotFound;
        }

        bool valid = command.Direction == MeterDirection.Import
            ? command.NameplateW == 0
            : IsRating(command.NameplateW);
        if (!valid)
        {
            return LedgerError.InvalidRating;
        }

        state.MeterSites.Set(command.Meter, new MeterSite(command.Feeder, command.NameplateW, command.Direction));
        DistanceRules.Place(state, state.Meters[command.Meter].Owner);
        return LedgerError.None;
    }

    public LedgerError ReplaceMeterKey(AccountId signer, Command.ReplaceMeterKey command)
    {
        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        if (!state.Meters.TryGet(command.Meter, out Meter meter))
        {
            return LedgerError.MeterNotFound;
        }

        state.Meters.Set(command.Meter, meter with { Key = command.Key });
        return LedgerError.None;
    }

    /// <summary>Whether a connected meter can have measured this; one without a site can measure anything.</summary>
    /// <param name="interval">The length of the epoch in which it did.</param>
    public LedgerError CheckEnergy(MeterId meter, WattHours consumption, WattHours generation, Duration interval)
    {
        if (!state.MeterSites.TryGet(meter, out MeterSite site))
        {
            return LedgerError.None;
        }

        bool against = site.Direction switch
        {
            MeterDirection.Import => generation > WattHours.Zero,
            MeterDirection.Export => consumption > WattHours.Zero,
            _ => false,
        };
        if (against)
        {
            return LedgerError.ReadingAgainstDirection;
        }

        return generation > MeteringRules.MostEnergy(site.NameplateW, interval)
            ? LedgerError.ReadingAboveNameplate
            : LedgerError.None;
    }

    private static bool IsRating(long watts) => watts is >= 1 and <= Limits.MaxRatingW;
}
