using System;

namespace EnergyNode.Ledger;

/// <summary>Which books clear together: those of one quality and delivery, at one close (GRID-5).</summary>
/// <param name="Epoch">The epoch whose close clears.</param>
/// <param name="Delivery">Of spot books the same epoch, of forward books a later one.</param>
public readonly record struct CouplingKey(EpochIndex Epoch, EpochIndex Delivery, EnergyQuality Quality)
    : IComparable<CouplingKey>
{
    public int CompareTo(CouplingKey other)
    {
        int order = Epoch.CompareTo(other.Epoch);
        order = order != 0 ? order : Delivery.CompareTo(other.Delivery);
        return order != 0 ? order : Quality.CompareTo(other.Quality);
    }

    public void Encode(BorshWriter writer)
    {
        writer.I64(Epoch.Value);
        writer.I64(Delivery.Value);
        writer.U8((byte)Quality);
    }

    /// <summary>Reads a key; the caller checks <see cref="BorshReader.Ok"/>.</summary>
    public static CouplingKey Decode(ref BorshReader reader) => new(
        new EpochIndex(reader.I64(0, Limits.MaxEpochs)),
        new EpochIndex(reader.I64(0, Limits.MaxEpochs + Limits.MaxForwardEpochs)),
        (EnergyQuality)reader.Tag((byte)EnergyQuality.Storage));
}
