namespace EnergyNode.Ledger;

/// <summary>Grid fees by electrical distance. The rules GRID-1… are those of docs/spec/grid.md.</summary>
public sealed class DistanceRules(LedgerState state)
{
    public LedgerError SetFees(AccountId signer, Command.SetDistanceFees command)
    {
        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        LedgerError refusal = CheckFees(state, command.SameFeeder, command.SameZone);
        if (refusal != LedgerError.None || state.Governance.Terms.Threshold > 1)
        {
            // GOV-10
            return refusal != LedgerError.None ? refusal : LedgerError.ProposalNeeded;
        }

        state.DistanceFees = new DistanceFees(command.SameFeeder, command.SameZone);
        return LedgerError.None;
    }

    /// <summary>GRID-3</summary>
    internal static LedgerError CheckFees(LedgerState state, Price sameFeeder, Price sameZone) =>
        sameFeeder.MicroPerKwh < 0 || sameFeeder > sameZone || sameZone > state.Parameters.GridFee
            ? LedgerError.InvalidPrice
            : LedgerError.None;

    /// <summary>The fee of a trade between two accounts, never more than the bid holds for it (GRID-2).</summary>
    /// <param name="held">What the bid holds: the fee across zones when it was placed.</param>
    public static Price FeeBetween(LedgerState state, AccountId buyer, AccountId seller, Price held)
    {
        if (state.DistanceFees is not { } fees)
        {
            return held;
        }

        Price fee = Between(state, buyer, seller) switch
        {
            GridDistance.SameFeeder => fees.SameFeeder,
            GridDistance.SameZone => fees.SameZone,
            _ => held,
        };
        return fee < held ? fee : held;
    }

    /// <summary>How far apart two accounts are now.</summary>
    public static GridDistance Between(LedgerState state, AccountId buyer, AccountId seller) =>
        !state.GridPlaces.TryGet(buyer, out GridPlace to)
        || !state.GridPlaces.TryGet(seller, out GridPlace from)
        || to.Zone != from.Zone
            ? GridDistance.AcrossZones
            : to.Feeder is { } feeder && feeder == from.Feeder
                ? GridDistance.SameFeeder
                : GridDistance.SameZone;

    /// <summary>Works out anew where an account is, after one of its meters was connected (GRID-1).</summary>
    internal static void Place(LedgerState state, AccountId account)
    {
        GridPlace? place = null;
        foreach (MeterId id in state.Meters.Keys)
        {
            if (state.Meters[id].Owner != account || !state.MeterSites.TryGet(id, out MeterSite site))
            {
                continue;
            }

            ZoneId zone = state.Feeders[site.Feeder].Zone;
            if (place is not { } before)
            {
                place = new GridPlace(zone, site.Feeder);
            }
            else if (before.Zone != zone)
            {
                state.GridPlaces.Remove(account);
                return;
            }
            else if (before.Feeder != site.Feeder)
            {
                place = before with { Feeder = null };
            }
        }

        if (place is { } found)
        {
            state.GridPlaces.Set(account, found);
        }
    }
}
