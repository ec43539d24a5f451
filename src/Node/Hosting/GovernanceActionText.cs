using System;
using System.Globalization;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Hosting;

/// <summary>Actions of the governance in a line for people, amounts in the units of the ledger.</summary>
internal static class GovernanceActionText
{
    public static string Of(GovernanceAction action) => action switch
    {
        GovernanceAction.SetPrice a => Text($"set {Word(a.Price)} to {a.Value.MicroPerKwh} micro per kWh"),
        GovernanceAction.SetGrace a => Text($"set grace to {Seconds(a.Grace)} s"),
        GovernanceAction.SetEpochLength a => Text($"set epoch length to {Seconds(a.Length)} s"),
        GovernanceAction.SetBook a => Text(
            $"set book {a.Book}: {a.Parameters.Mechanism}, {(a.Parameters.IsOpen ? "open" : "shut")}"),
        GovernanceAction.SetPause a => Text(
            $"{(a.Paused ? "pause" : "resume")} {(a.Book is { } book ? "book " + book : "the market")}"),
        GovernanceAction.SetRole a => Text($"{(a.Given ? "give" : "take")} role {a.Role}, account {a.Account}"),
        GovernanceAction.SetTerms a => Text(
            $"set threshold to {a.Terms.Threshold}, least lock to {Seconds(a.Terms.MinLock)} s"),
        GovernanceAction.UpgradeProtocol a => Text($"upgrade to version {a.Version} at block {a.Height}"),
        GovernanceAction.SetValidator a => Text(
            $"set validator {a.Name} to power {a.Power}, key {a.Key}"),
        GovernanceAction.ChangeConsensus a => Text(
            $"change consensus to {a.Rules.Protocol.Word()} at block {a.Height}"),
        GovernanceAction.SetLine a => Text($"set zone {a.Zone} below {a.Line.Parent?.ToString() ?? "none"}: ")
            + Text($"{a.Line.ExportW} W up, {a.Line.ImportW} W down"),
        GovernanceAction.SetDistanceFees a => Text(
            $"set grid fees to {a.SameFeeder.MicroPerKwh} (feeder), {a.SameZone.MicroPerKwh} (zone) micro per kWh"),
        GovernanceAction.SetDeviationPrices a => Text(
            $"set deviation prices to {Word(a.Short, "retail")} short, {Word(a.Long, "feed-in")} long"),
        GovernanceAction.SetOracleTerms a => Text(
            $"set oracle operations to {a.Terms.Fee.Micro} micro each, {a.Terms.PerEpoch} per epoch (0: no limit)"),
        GovernanceAction.SetLossFactors a => Text($"set loss factors to {a.Factors.SameFeeder} (feeder), ")
            + Text($"{a.Factors.SameZone} (zone), {a.Factors.AcrossZones} (across zones)"),
        _ => throw new InvalidOperationException($"No text for {action.GetType().Name}."),
    };

    private static string Word(MarketPrice price) => price switch
    {
        MarketPrice.GridFee => "grid fee",
        MarketPrice.Retail => "retail price",
        _ => "feed-in price",
    };

    private static string Word(Price? price, string otherwise) => price is { } set
        ? Text($"{set.MicroPerKwh} micro per kWh")
        : otherwise;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(Duration span) =>
        ((decimal)span.Micros / Instant.MicrosPerSecond).ToString(CultureInfo.InvariantCulture);
}
