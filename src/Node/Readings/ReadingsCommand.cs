using System;
using System.CommandLine;
using System.IO;
using EnergyNode.Node.Cli;
using EnergyNode.Node.Oracle;

namespace EnergyNode.Node.Readings;

/// <summary><c>energynode readings inspect FILE</c>: what a file of readings holds and what is wrong with it.</summary>
internal sealed class ReadingsCommand(TextWriter output)
{
    public static Command Build()
    {
        Argument<string> file = new("file") { Description = "CSV, Green Button (ESPI) XML, or OCMF" };
        Option<string> format = new("--format")
        {
            Description = "what the file is; auto tells it from the content",
            DefaultValueFactory = _ => "auto",
        };
        format.AcceptOnlyFromAmong("auto", "csv", "greenbutton", "ocmf");
        Option<bool> json = CommonOptions.Json();
        Command inspect = new(
            "inspect",
            "Checks form, signatures, intervals and sums of a file of meter readings; exit code 1 when something is\n"
            + "wrong with them, 2 when the file cannot be read.\n\n"
            + "Example: energynode readings inspect data/formats/ocmf/keba_test.xml")
        {
            file, format, json,
        };
        inspect.SetAction(parsed => new ReadingsCommand(Console.Out).Run(
            parsed.GetValue(file)!, FormatOf(parsed.GetValue(format)), parsed.GetValue(json)));
        return new Command("readings", "Looks into files of meter readings, and submits them.")
        {
            inspect, CheckCommand.Build(), SubmitCommand.Build(), ServeCommand.Build(),
        };
    }

    /// <param name="file">Its path.</param>
    /// <param name="format">Null to tell it from the content.</param>
    /// <param name="json">Print JSON instead of text.</param>
    public int Run(string file, ReadingFormat? format, bool json)
    {
        InspectionReport report;
        try
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.Read);
            report = FileInspection.Run(file, stream, format);
        }
        catch (UnreadableFileException error)
        {
            throw new CommandFailedException(ExitCodes.Usage, error.At(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException
            or ArgumentException { ParamName: "path" })
        {
            throw new CommandFailedException(
                ExitCodes.Usage,
                $"{file}: the file cannot be read ({error.Message.TrimEnd('.')}), name a readable file");
        }

        if (json)
        {
            output.WriteLine(InspectionJson.Write(report));
        }
        else
        {
            InspectionText.Write(output, file, report);
        }

        return report.IsGood ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static ReadingFormat? FormatOf(string? name) => name switch
    {
        "csv" => ReadingFormat.Csv,
        "greenbutton" => ReadingFormat.GreenButton,
        "ocmf" => ReadingFormat.Ocmf,
        _ => null,
    };
}
