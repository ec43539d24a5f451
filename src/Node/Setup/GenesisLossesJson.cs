using System.Text.Json;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Setup;

/// <summary>The part of a genesis file that says what is lost on the way: <c>lossPpm</c>, where anything is.</summary>
internal static class GenesisLossesJson
{
    private const string Name = "lossPpm";
    private const string SameFeeder = "sameFeeder";
    private const string SameZone = "sameZone";
    private const string AcrossZones = "acrossZones";

    /// <exception cref="SetupException">A member is missing, unknown or wrong.</exception>
    public static LossFactors Read(JsonFields root)
    {
        if (!root.Has(Name))
        {
            return default;
        }

        JsonFields fields = root.Object(Name);
        LossFactors losses = new(
            Factor(fields, SameFeeder), Factor(fields, SameZone), Factor(fields, AcrossZones));
        fields.End();
        return losses;
    }

    public static void Write(Utf8JsonWriter json, LossFactors losses)
    {
        if (losses == default)
        {
            return;
        }

        json.WriteStartObject(Name);
        json.WriteNumber(SameFeeder, losses.SameFeeder.Ppm);
        json.WriteNumber(SameZone, losses.SameZone.Ppm);
        json.WriteNumber(AcrossZones, losses.AcrossZones.Ppm);
        json.WriteEndObject();
    }

    private static LossFactor Factor(JsonFields fields, string name) =>
        new(fields.Integer(name, 0, Limits.MaxLossPpm));
}
