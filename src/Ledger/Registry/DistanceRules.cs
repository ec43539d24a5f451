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

        // GRID-3
        if (command.SameFeeder.MicroPerKwh < 0 || command.SameFeeder > command.SameZone
            || command.SameZone > state.Parameters.GridFee)
        {
            return LedgerError.InvalidPrice;
        }

        state.DistanceFees = new DistanceFees(command.SameFeeder, command.SameZone);
        return LedgerError.None;
    }

    /// <summary>The fee of a trade between two accounts, never more than the bid holds for it (GRID-2).</summary>
    /// <param name="held">What the bid holds: the fee across zones when it was placed.</param>
    public static Price FeeBetween(LedgerState state, AccountId buyer, AccountId seller, Price held)
    {
        if (state.DistanceFees is not { } fees
            || !state.GridPlaces.TryGet(buyer, out GridPlace to)
            || !state.GridPlaces.TryGet(seller, out GridPlace from)
            || to.Zone != from.Zone)
        {
            return held;
        }

        Price fee = to.Feeder is { } feeder && feeder == from.Feeder ? fees.SameFeeder : fees.SameZone;
        return fee < held ? fee : held;
    }

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
