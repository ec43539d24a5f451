using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Cli;

namespace EnergyNode.Node.Readings;

/// <summary>The samples to check, by meter, and the meters that they are held against.</summary>
internal sealed class CheckInput
{
    private readonly SampleFile _file;
    private readonly Dictionary<MeterId, List<MeterSample>> _byMeter;
    private readonly VeeSettings _settings;

    private CheckInput(SampleFile file, MeterList meters, VeeSettings settings)
    {
        _file = file;
        Meters = meters;
        _settings = settings;
        _byMeter = file.Samples.GroupBy(static sample => sample.Meter)
            .ToDictionary(static meter => meter.Key, static meter => meter.ToList());
        long intervals = (file.Last.Since(file.First).Micros / Instant.MicrosPerSecond
            / MeteringLimits.IntervalSeconds) + 1;
        if (intervals * meters.Count > ReadingsLimits.MaxCheckedIntervals)
        {
            throw new CommandFailedException(
                ExitCodes.Usage,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{meters.Count} meters × {intervals} intervals are more than "
                    + $"{ReadingsLimits.MaxCheckedIntervals:N0} to check at once, split the file by time"));
        }
    }

    public MeterList Meters { get; }

    public int Samples => _file.Samples.Count;

    public Instant First => _file.First;

    public Instant End => _file.Last.Plus(Duration.FromSeconds(MeteringLimits.IntervalSeconds));

    /// <param name="file">The samples.</param>
    /// <param name="list">The meters and their ratings; null to take each meter of the file, without a limit.</param>
    /// <param name="settings">For the rules.</param>
    /// <exception cref="CommandFailedException">A file cannot be read, or its form is wrong.</exception>
    public static CheckInput Read(string file, string? list, VeeSettings settings)
    {
        SampleFile samples = Accept(SampleFileParser.Parse(file, ReadFile(file)));
        if (list is null)
        {
            Watts unbounded = new(MeteringLimits.MaxRatingWatts);
            return new CheckInput(
                samples,
                new MeterList(
                    [.. samples.Meters.Select(meter => new MeterConnection(meter, "checked", unbounded, unbounded))]),
                settings);
        }

        MeterList meters = Accept(MeterListParser.Parse(list, ReadFile(list)));
        foreach (MeterId meter in samples.Meters)
        {
            if (meters.IndexOf(meter) < 0)
            {
                throw new CommandFailedException(
                    ExitCodes.Usage, $"{file}: meter {meter} is not in {list}, add it there or remove its rows");
            }
        }

        return new CheckInput(samples, meters, settings);
    }

    /// <summary>Checks one meter of the list from the file's first interval to its last.</summary>
    public VeeResult Run(MeterConnection meter) => VeeEngine.Run(
        meter,
        _byMeter.TryGetValue(meter.Meter, out List<MeterSample>? samples) ? samples : [],
        _file.First,
        _file.Last,
        _settings);

    /// <exception cref="CommandFailedException">The file cannot be read.</exception>
    public static byte[] ReadFile(string path)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            CsvInspection.CheckLength(stream.Length);
            byte[] content = new byte[stream.Length];
            stream.ReadExactly(content);
            return content;
        }
        catch (UnreadableFileException error)
        {
            throw new CommandFailedException(ExitCodes.Usage, error.At(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException
            or ArgumentException { ParamName: "path" })
        {
            throw new CommandFailedException(
                ExitCodes.Usage,
                $"{path}: the file cannot be read ({error.Message.TrimEnd('.')}), name a readable file");
        }
    }

    public static T Accept<T>(ParseResult<T> result)
        where T : class => result.Value
            ?? throw new CommandFailedException(ExitCodes.Usage, string.Join('\n', result.Errors));
}
