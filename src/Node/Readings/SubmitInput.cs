using System;
using System.IO;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Cli;

namespace EnergyNode.Node.Readings;

/// <summary>The file of a submission, by its format.</summary>
internal static class SubmitInput
{
    /// <param name="file">Its path.</param>
    /// <param name="format">csv, greenbutton or ocmf.</param>
    /// <param name="meter">The ledger's meter that a Green Button feed is of; null for CSV.</param>
    /// <exception cref="CommandFailedException">It cannot be read, or cannot go to the ledger.</exception>
    public static SampleFile Read(string file, string format, string? meter)
    {
        if (format == "ocmf")
        {
            throw new CommandFailedException(
                ExitCodes.Usage,
                "--format ocmf: a charging session has no energy of quarter-hours, and to divide it is to estimate; "
                + "inspect it, and submit the quarter-hours of the charging point's meter as CSV");
        }

        if (format == "csv")
        {
            return meter is null
                ? CheckInput.Accept(SampleFileParser.Parse(file, CheckInput.ReadFile(file)))
                : throw new CommandFailedException(ExitCodes.Usage, "--meter: rows of CSV name it, leave it out");
        }

        if (!MeterId.TryParse(meter, out MeterId id))
        {
            throw new CommandFailedException(
                ExitCodes.Usage, "--format greenbutton: name the ledger's meter of the feed with --meter METER");
        }

        try
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.Read);
            return GreenButtonSamples.Read(file, stream, id);
        }
        catch (UnreadableFileException error)
        {
            throw new CommandFailedException(ExitCodes.Usage, error.At(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new CommandFailedException(
                ExitCodes.Usage,
                $"{file}: the file cannot be read ({error.Message.TrimEnd('.')}), name a readable file");
        }
    }
}
