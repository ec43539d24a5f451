using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Certificates;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Hosting;
using EnergyNode.Node.Setup;
using Command = System.CommandLine.Command;

namespace EnergyNode.Node.Cli;

/// <summary>
/// <c>energynode certificates report</c>: what an account consumed against what was retired for it, by the hour, out of
/// a stopped node's journal.
/// </summary>
internal sealed class CertificatesCommand(TextWriter output)
{
    public static Command Build()
    {
        AccountPeriod.Options period = new("who consumed");
        Option<string?> carbon = new("--carbon")
        {
            Description = $"hourly carbon intensity of the grid, CSV of {CarbonParser.Header}",
        };
        Option<bool> json = CommonOptions.Json();
        Command report = new(
            "report",
            "Matches by the hour what an account consumed with the certificates retired for it.\n\n"
            + "Example: energynode certificates report --dir net/validator-1/data --account B01 --from 0 --to 95 "
            + "--carbon data/tariff_carbon_hourly_2016-08_2017-07.csv")
        {
            carbon, json,
        };
        period.AddTo(report);
        report.SetAction(parsed =>
        {
            (string directory, string account, long from, long? to) = period.Read(parsed);
            return new CertificatesCommand(Console.Out).Report(
                directory, account, from, to, parsed.GetValue(carbon), parsed.GetValue(json));
        });
        return new Command("certificates", "Reports on renewable energy certificates.") { report };
    }

    /// <exception cref="CommandFailedException">
    /// There is no such account or period, the journal is not sound, or the carbon file is refused.
    /// </exception>
    internal int Report(string directory, string accountName, long from, long? to, string? carbonFile, bool json)
    {
        AccountPeriod period = AccountPeriod.Parse(accountName, from, to);
        CarbonSchedule? carbon = carbonFile is null ? null : ReadCarbon(carbonFile);
        StoppedNode node = StoppedNode.Open(directory);
        MatchingBuilder builder = new(node.State, period.Account, period.From, period.To);
        ChainVerification chain = node.Execute(
            new ChainVerification(node.Genesis, node.State, new Ed25519Verifier())
            {
                ClosingObserver = builder.Closing,
                EpochObserver = builder.Closed,
            });
        period.RequireIn(node.State);
        MatchingReport report = builder.Finish(out string? problem)
            ?? throw new CommandFailedException(ExitCodes.Failed, problem!);
        if (carbon is not null)
        {
            report = report.With(carbon, out Instant? missing);
            if (missing is { } hour)
            {
                throw new CommandFailedException(
                    ExitCodes.Usage,
                    $"{carbonFile}: there is no carbon intensity for {UtcTime.Render(hour)}, add that hour");
            }
        }

        CertificatesReport view = new(report, carbon is not null, chain);
        output.WriteLine(json ? view.Json().ToJsonString() : view.Text());
        return ExitCodes.Ok;
    }

    private static CarbonSchedule ReadCarbon(string file)
    {
        byte[] bytes = BoundedFile.Read(file, MeteringLimits.MaxFileBytes, "name hours of carbon intensity as CSV");
        ParseResult<CarbonSchedule> parsed = CarbonParser.Parse(file, bytes);
        return parsed.Succeeded
            ? parsed.Value
            : throw new CommandFailedException(
                ExitCodes.Usage, string.Join('\n', parsed.Errors.Select(static error => error.ToString())));
    }
}
