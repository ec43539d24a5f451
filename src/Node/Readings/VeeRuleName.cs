using EnergyNode.Market.Metering;

namespace EnergyNode.Node.Readings;

/// <summary>The names of the rules in the output, as in docs/readings.md.</summary>
internal static class VeeRuleName
{
    public static string Of(VeeRule rule) => rule switch
    {
        VeeRule.Gap => "gap",
        VeeRule.Duplicate => "duplicate",
        VeeRule.OutOfOrder => "out-of-order",
        VeeRule.Negative => "negative",
        VeeRule.AboveRating => "above-rating",
        VeeRule.AboveNameplate => "above-nameplate",
        VeeRule.Spike => "spike",
        VeeRule.StuckValue => "stuck-value",
        VeeRule.ZeroRun => "zero-run",
        VeeRule.RegisterMismatch => "register-mismatch",
        VeeRule.ClockDrift => "clock-drift",
        VeeRule.GenerationAtNight => "generation-at-night",
        VeeRule.ClippedLoad => "clipped-load",
        _ => "import-export-mismatch",
    };
}
