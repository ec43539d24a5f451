using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Neighbours;

/// <summary>Epochs that are looked at together: an hour, or one hour of several days.</summary>
internal sealed class HourFigures
{
    private readonly PriceMean[] _spot = new PriceMean[NeighbourMarket.Zones.Count];
    private readonly PriceMean[] _ahead = new PriceMean[NeighbourMarket.Zones.Count];
    private readonly ZoneQuarter[] _zones = new ZoneQuarter[NeighbourMarket.Zones.Count];

    /// <param name="quarters">At least one, in order of time.</param>
    public HourFigures(IReadOnlyList<QuarterFigures> quarters)
    {
        Start = quarters[0].Moment.Start;
        Retail = quarters[0].Moment.Retail;
        Epochs = quarters.Count;
        foreach (QuarterFigures quarter in quarters)
        {
            ConsumptionWh += quarter.ConsumptionWh;
            GenerationWh += quarter.GenerationWh;
            ImportWh += quarter.ImportWh;
            FromUtilityWh += quarter.FromUtilityWh;
            ToUtilityWh += quarter.ToUtilityWh;
            RentMicro += quarter.RentMicro;
            Losses += quarter.Losses;
            PaidForLossesMicro += quarter.PaidForLossesMicro;
            for (int zone = 0; zone < _zones.Length; zone++)
            {
                _spot[zone] = _spot[zone].Plus(quarter.Outcome.Spot[zone]);
                _ahead[zone] = _ahead[zone].Plus(quarter.Outcome.Ahead[zone]);
                _zones[zone] += quarter.Zones[zone];
            }

            // Upwards is from the south to the north.
            ToSouthWh -= quarter.Outcome.Line.Net.Wh;
            FullEpochs += quarter.Outcome.Line is { IsFull: true, MostExport.Wh: > 0 } ? 1 : 0;
            FullFeeders += quarter.Outcome.FullFeeders;
        }

        StoredWh = quarters[^1].Zones.Sum(zone => zone.StoredWh);
    }

    public Instant Start { get; }

    /// <summary>At the start.</summary>
    public Price Retail { get; }

    public int Epochs { get; }

    public long ConsumptionWh { get; }

    public long GenerationWh { get; }

    public long ImportWh { get; }

    public long FromUtilityWh { get; }

    public long ToUtilityWh { get; }

    /// <summary>Of full lines, in micro-units.</summary>
    public long RentMicro { get; }

    /// <summary>On the way of what neighbours bought.</summary>
    public Grid Losses { get; }

    /// <summary>To the utility for the losses.</summary>
    public long PaidForLossesMicro { get; }

    /// <summary>Over the line between the zones on balance; below zero to the north.</summary>
    public long ToSouthWh { get; }

    /// <summary>Epochs in which the line carried all that it can.</summary>
    public int FullEpochs { get; }

    /// <summary>Full feeders, added up over epochs.</summary>
    public int FullFeeders { get; }

    /// <summary>In all batteries at the end.</summary>
    public long StoredWh { get; }

    public IReadOnlyList<PriceMean> Spot => _spot;

    public IReadOnlyList<PriceMean> Ahead => _ahead;

    public IReadOnlyList<ZoneQuarter> Zones => _zones;

    public ZoneQuarter AllZones => _zones.Aggregate(static (left, right) => left + right);

    /// <summary>
    /// Of what was taken from the grid, the part that neighbours had made; null when nothing was taken.
    /// </summary>
    public double? LocalShare => ImportWh == 0 ? null : 1 - ((double)FromUtilityWh / ImportWh);

    /// <summary>Of what was used, the part that did not come from the utility; null when nothing was used.</summary>
    public double? SelfSufficiency => ConsumptionWh == 0 ? null : 1 - ((double)FromUtilityWh / ConsumptionWh);
}
