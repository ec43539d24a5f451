using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Cli;

namespace EnergyNode.Node.Readings;

/// <summary><c>energynode readings check FILE</c>: whether the readings of a file can be true.</summary>
internal sealed class CheckCommand(TextWriter output)
{
    public static Command Build()
    {
        Argument<string> file = new("file") { Description = "readings as CSV" };
        Option<string?> meters = new("--meters") { Description = "meters and their ratings as CSV" };
        Option<string?> site = new("--site")
        {
            Description = "where the plants stand, LATITUDE,LONGITUDE in degrees; without it night is learned",
        };
        Option<string> offset = new("--utc-offset")
        {
            Description = "local time − UTC, for weekdays and weekends",
            DefaultValueFactory = _ => "+00:00",
        };
        Option<bool> estimate = new("--estimate") { Description = "print the filled series as well" };
        Option<bool> json = CommonOptions.Json();
        Command check = new(
            "check",
            "Holds readings against the rules of docs/spec/vee.md; exit code 1 when a rule objects, 2 when a file\n"
            + "cannot be read. Raw values are printed beside estimates, and nothing is sent anywhere.\n\n"
            + "Example: energynode readings check data/prosumers_15min_2016-08-01_14d.csv \\\n"
            + "           --meters data/meter_list.csv --site 34.09,-117.43 --utc-offset -07:00")
        {
            file, meters, site, offset, estimate, json,
        };
        check.SetAction(parsed => new CheckCommand(Console.Out).Run(
            parsed.GetValue(file)!,
            new CheckOptions(
                parsed.GetValue(meters),
                CheckOptions.SettingsOf(parsed.GetValue(site), parsed.GetValue(offset)!),
                parsed.GetValue(estimate),
                parsed.GetValue(json))));
        return check;
    }

    /// <param name="file">The samples.</param>
    /// <param name="options">How.</param>
    /// <exception cref="CommandFailedException">A file cannot be read, or its form is wrong.</exception>
    public int Run(string file, CheckOptions options)
    {
        CheckInput input = CheckInput.Read(file, options.MeterListFile, options.Settings);
        CheckReport report = new();
        foreach (MeterConnection meter in input.Meters.Connections)
        {
            report.Add(input.Run(meter));
        }

        if (options.Json)
        {
            using MemoryStream buffer = new();
            CheckOutput.WriteJson(buffer, input, report, options.Estimate ? Fill(input) : null);
            output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
        }
        else
        {
            CheckOutput.WriteText(output, file, input, report, options.MeterListFile is not null);
            if (options.Estimate)
            {
                WriteSeries(input);
            }
        }

        return report.IsGood ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private void WriteSeries(CheckInput input)
    {
        output.WriteLine(FilledRow.Header);
        foreach (FilledRow row in Fill(input))
        {
            output.WriteLine(row.ToString());
        }
    }

    /// <summary>Meter by meter, so that one filled series at a time is in memory.</summary>
    private static IEnumerable<FilledRow> Fill(CheckInput input) =>
        input.Meters.Connections.SelectMany(meter =>
            input.Run(meter).Intervals.Select(interval => FilledRow.Of(meter.Meter, interval)));
}
