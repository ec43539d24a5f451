using System;
using System.Globalization;
using System.IO;
using System.Text;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Cli;

namespace EnergyNode.Node.Readings;

/// <summary>The file of a submission, by its format.</summary>
internal static class SubmitInput
{
    /// <param name="file">Its path.</param>
    /// <param name="format">csv, greenbutton or ocmf.</param>
    /// <param name="meter">The ledger's meter that a Green Button feed or an OCMF file is of; null for CSV.</param>
    /// <param name="keys">The directory with the public key of a charging point, for OCMF.</param>
    /// <exception cref="CommandFailedException">It cannot be read, or cannot go to the ledger.</exception>
    public static SampleFile Read(string file, string format, string? meter, string keys)
    {
        if (format == "csv")
        {
            return meter is null
                ? CheckInput.Accept(SampleFileParser.Parse(file, CheckInput.ReadFile(file)))
                : throw new CommandFailedException(ExitCodes.Usage, "--meter: rows of CSV name it, leave it out");
        }

        if (!MeterId.TryParse(meter, out MeterId id))
        {
            throw new CommandFailedException(
                ExitCodes.Usage, $"--format {format}: name the ledger's meter of the file with --meter METER");
        }

        string? key = format == "ocmf" ? ReadPublicKey(keys, id) : null;
        try
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.Read);
            SampleFile samples = key is null
                ? GreenButtonSamples.Read(file, stream, id)
                : OcmfSamples.Read(file, stream, id, key);
            return IsOneRun(samples)
                ? samples
                : throw new CommandFailedException(
                    ExitCodes.Usage, $"{file}: from the first quarter of an hour to the last are more than 367 days, "
                    + "split it");
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

    /// <summary>As rows of CSV must be.</summary>
    private static bool IsOneRun(SampleFile samples) =>
        samples.Last.Since(samples.First).Micros / Instant.MicrosPerSecond / MeteringLimits.IntervalSeconds
            < MeteringLimits.MaxIntervals;

    /// <summary>The key on the charging point's plate, which the gateway's operator has copied.</summary>
    private static string ReadPublicKey(string directory, MeterId meter)
    {
        string path = Path.Combine(directory, $"meter+{meter}.ocmf");
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (stream.Length is > 0 and <= ReadingsLimits.MaxKeyChars)
            {
                byte[] text = new byte[stream.Length];
                stream.ReadExactly(text);
                return Encoding.ASCII.GetString(text).Trim();
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new CommandFailedException(
                ExitCodes.Usage,
                $"{path}: the public key of the charging point cannot be read ({error.Message.TrimEnd('.')}), put it "
                + "there in hexadecimal digits or base64");
        }

        throw new CommandFailedException(
            ExitCodes.Usage,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{path}: a public key has 1 to {ReadingsLimits.MaxKeyChars:N0} characters, put it there in "
                + $"hexadecimal digits or base64"));
    }
}
