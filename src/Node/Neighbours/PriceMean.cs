using System;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Neighbours;

/// <summary>The mean price of a book, weighted by energy.</summary>
/// <param name="WeightedMicro">Σ price × Wh.</param>
internal readonly record struct PriceMean(Int128 WeightedMicro, long VolumeWh)
{
    /// <summary>Micro-units per kWh, rounded down; null when nothing was traded.</summary>
    public long? Micro => VolumeWh == 0 ? null : (long)(WeightedMicro / VolumeWh);

    public PriceMean Plus(in EpochResult result) => result.Price is { } price
        ? new PriceMean(
            WeightedMicro + ((Int128)price.MicroPerKwh * result.Volume.Wh), VolumeWh + result.Volume.Wh)
        : this;

    public static PriceMean operator +(PriceMean left, PriceMean right) =>
        new(left.WeightedMicro + right.WeightedMicro, left.VolumeWh + right.VolumeWh);
}
