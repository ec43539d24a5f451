using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using EnergyNode.Ledger;
using EnergyNode.Node.Setup;

namespace EnergyNode.Node.Readings;

/// <summary>What became of a submitted file.</summary>
/// <param name="Plan">What was to be sent.</param>
/// <param name="Confirmed">Readings of epochs that were open.</param>
/// <param name="Corrections">Those of epochs that were closed.</param>
/// <param name="Market">For the times of epochs.</param>
internal sealed record SubmitReport(
    SubmitPlan Plan, long Confirmed, CorrectionFigures Corrections, MarketParameters Market)
{
    private long Already => Plan.Confirmed + Corrections.Already;

    public void Write(TextWriter output, bool json) => output.WriteLine(json ? Json().ToJsonString() : Text());

    private JsonObject Json() => new()
    {
        ["confirmed"] = Confirmed,
        ["epochs"] = Plan.Epochs.Count,
        ["alreadyConfirmed"] = Already,
        ["leftOut"] = Plan.LeftOut,
        ["corrected"] = Corrections.Corrected,
        ["final"] = Corrections.Final,
        ["refused"] = new JsonArray([.. Corrections.Refused.Select(refused => new JsonObject
        {
            ["meter"] = refused.Late.Reading.Meter.ToString(),
            ["startUtc"] = UtcTime.Render(refused.Late.Reading.Start),
            ["error"] = refused.Error.ToString(),
        })]),
    };

    private string Text() => string.Join('\n', [
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Confirmed:N0} readings confirmed in {Plan.Epochs.Count:N0} epochs, {Already:N0} were there already, ")
        + string.Create(
            CultureInfo.InvariantCulture,
            $"{Plan.LeftOut:N0} intervals left out (see readings check)"),
        .. Plan.Late.Count == 0 ? [] : (string[])[
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Corrections.Corrected:N0} readings of closed epochs corrected, {Corrections.Final:N0} are final, ")
            + string.Create(CultureInfo.InvariantCulture, $"{Corrections.Refused.Count:N0} refused"),
        ],
        .. Corrections.Refused.Select(static refused =>
            $"refused: {refused.Late.Reading.Meter} at {UtcTime.Render(refused.Late.Reading.Start)}: {refused.Error}"),
    ]);
}
