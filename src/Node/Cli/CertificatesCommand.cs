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
        Option<string> directory = new("--dir")
        {
            Description = "the data directory of a node that is stopped",
            Required = true,
        };
        Option<string> account = new("--account") { Description = "who consumed", Required = true };
        Option<long> from = new("--from") { Description = "the first epoch", DefaultValueFactory = _ => 0 };
        Option<long?> to = new("--to") { Description = "the last epoch; default: the last one that is closed" };
        Option<string?> carbon = new("--carbon")
        {
            Description = $"hourly carbon intensity of the grid, CSV of {CarbonParser.Header}",
        };
        Option<bool> json = new("--json") { Description = "print one JSON object" };
        Command report = new(
            "report",
            "Matches by the hour what an account consumed with the certificates retired for it.\n\n"
            + "Example: energynode certificates report --dir net/validator-1/data --account B01 --from 0 --to 95 "
            + "--carbon data/tariff_carbon_hourly_2016-08_2017-07.csv")
        {
            directory, account, from, to, carbon, json,
        };
        report.SetAction(parsed => new CertificatesCommand(Console.Out).Report(
            parsed.GetValue(directory)!,
            parsed.GetValue(account)!,
            parsed.GetValue(from),
            parsed.GetValue(to),
            parsed.GetValue(carbon),
            parsed.GetValue(json)));
        return new Command("certificates", "Reports on renewable energy certificates.") { report };
    }

    /// <exception cref="CommandFailedException">
    /// There is no such account or period, the journal is not sound, or the carbon file is refused.
    /// </exception>
    internal int Report(string directory, string accountName, long from, long? to, string? carbonFile, bool json)
    {
        if (!AccountId.TryParse(accountName, out AccountId account))
        {
            throw new CommandFailedException(
                ExitCodes.Usage, $"--account {accountName}: this is not an account's name");
        }

        if (from < 0 || to < from)
        {
            throw new CommandFailedException(
                ExitCodes.Usage, "--from must be 0 or more, and --to not less than --from: both are epochs");
        }

        CarbonSchedule? carbon = carbonFile is null ? null : ReadCarbon(carbonFile);
        StoppedNode node = StoppedNode.Open(directory);
        MatchingBuilder builder = new(
            node.State, account, new EpochIndex(from), to is { } last ? new EpochIndex(last) : null);
        ChainVerification chain = node.Execute(
            new ChainVerification(node.Genesis, node.State, new Ed25519Verifier())
            {
                ClosingObserver = builder.Closing,
                EpochObserver = builder.Closed,
            });
        if (!node.State.Users.Contains(account))
        {
            throw new CommandFailedException(ExitCodes.Failed, $"--account {account}: this chain has no such account");
        }

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
