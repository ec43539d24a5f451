using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Gateway;
using EnergyNode.Node.Setup;

namespace EnergyNode.Node.Demo;

/// <summary>Reads and checks the three files. Nothing else has happened when one is refused.</summary>
internal sealed class DemoInputReader
{
    private const string DefaultMeters = "prosumers_15min_2016-08-01_14d.csv";
    private const string DefaultTariff = "tariff_carbon_hourly_2016-08_2017-07.csv";
    private const string DefaultMeterList = "meter_list.csv";
    private const int PriceColumn = 22;

    private readonly DemoOptions _options;
    private readonly string _meters;
    private readonly string _tariff;
    private readonly string? _meterList;

    /// <param name="options">Names the files.</param>
    /// <param name="dataDirectory">Where the files lie that come with the program.</param>
    public DemoInputReader(DemoOptions options, string dataDirectory)
    {
        _options = options;
        _meters = options.MetersFile ?? Path.Combine(dataDirectory, DefaultMeters);
        _tariff = options.TariffFile ?? Path.Combine(dataDirectory, DefaultTariff);
        _meterList = options.MeterListFile
            ?? (options.MetersFile is null ? Path.Combine(dataDirectory, DefaultMeterList) : null);
    }

    /// <summary>Where the files lie that come with the program.</summary>
    public static string DataDirectory => Path.Combine(AppContext.BaseDirectory, "data");

    /// <exception cref="DemoException">A file is missing or refused.</exception>
    public DemoInput Read()
    {
        byte[] readings = ReadFile(_meters);
        MeterList? listed = _meterList is { } file ? Accept(MeterListParser.Parse(file, ReadFile(file))) : null;
        TariffSchedule tariff = Accept(TariffParser.Parse(_tariff, ReadFile(_tariff)));
        ReadingFile parsed = Accept(ReadingFileParser.Parse(_meters, readings, listed));
        MeterList meters = listed ?? DerivedMeterList.From(parsed);
        CheckMeters(meters);
        ReadingValidator validator = new(meters);
        List<ReadingInterval> intervals = [];
        foreach (RawReading reading in Cut(parsed))
        {
            validator.Accept(reading, intervals);
        }

        validator.Complete(intervals);
        CheckTariff(tariff, intervals);
        tariff.PriceAt(intervals[0].Start, out Price firstRetail);
        return new DemoInput(meters, intervals, tariff, firstRetail, validator.Report);
    }

    /// <summary>The readings of the days asked for, counted from the first row on.</summary>
    private IEnumerable<RawReading> Cut(ReadingFile file)
    {
        if (_options.Days is not { } days)
        {
            return file.Readings;
        }

        Instant end = file.Readings[0].Start.Plus(Duration.FromSeconds(86_400L * days));
        return file.Readings.Where(reading => reading.Start < end);
    }

    private void CheckMeters(MeterList meters)
    {
        string where = _meterList ?? _meters;
        if (meters.Count > GatewayLimits.MaxHomes)
        {
            throw Refuse(
                where,
                string.Create(CultureInfo.InvariantCulture, $"{meters.Count} meters"),
                string.Create(
                    CultureInfo.InvariantCulture, $"give at most {GatewayLimits.MaxHomes}: an epoch is one batch"));
        }

        foreach (MeterConnection connection in meters.Connections)
        {
            if (DemoAccounts.IsReserved(connection.Account))
            {
                throw Refuse(
                    where, $"meter {connection.Meter} has the account '{connection.Account}'", "choose another name");
            }

            if (connection.ImportRating.W is < 1 or > Limits.MaxRatingW
                || connection.ExportRating.W is < 1 or > Limits.MaxRatingW)
            {
                throw Refuse(
                    where,
                    $"meter {connection.Meter} has a rating that the ledger does not take",
                    string.Create(CultureInfo.InvariantCulture, $"give 1 to {Limits.MaxRatingW} W"));
            }
        }
    }

    private void CheckTariff(TariffSchedule tariff, List<ReadingInterval> intervals)
    {
        foreach (ReadingInterval interval in intervals)
        {
            string hour = UtcTime.Render(interval.Start);
            if (tariff.PriceAt(interval.Start, out Price price) != TariffRefusal.None)
            {
                int before = tariff.Hours.Count(other => other.Start < interval.Start);
                throw Refuse(Place(before + 1, 1), $"there is no price for {hour}", "add that hour");
            }

            if (price.MicroPerKwh is < 0 or > Limits.MaxPriceMicroPerKwh)
            {
                int line = tariff.Hours.TakeWhile(other => other.Start <= interval.Start).Count() + 1;
                throw Refuse(
                    Place(line, PriceColumn), $"the price for {hour} is out of range", "give 0 to 1,000 per kWh");
            }
        }
    }

    /// <summary>The rows of a tariff that was accepted follow each other from line 2 on.</summary>
    private string Place(int line, int column) =>
        string.Create(CultureInfo.InvariantCulture, $"{_tariff}:{line}:{column}");

    private static DemoException Refuse(string where, string what, string remedy) =>
        new($"{where}: {what}, {remedy}", isUsage: true);

    private static T Accept<T>(ParseResult<T> result)
        where T : class => result.Value
            ?? throw new DemoException(string.Join('\n', result.Errors), isUsage: true);

    private static byte[] ReadFile(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            if (stream.Length > MeteringLimits.MaxFileBytes)
            {
                throw Refuse(path, $"the file has more than {MeteringLimits.MaxFileBytes} bytes", "split it by time");
            }

            byte[] content = new byte[stream.Length];
            stream.ReadExactly(content);
            return content;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DemoException($"{path}: there is no such file, check the name", isUsage: true, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new DemoException(
                $"{path}: cannot be read ({error.Message.ReplaceLineEndings(" ")}), check that it is a file and yours",
                isUsage: true,
                error);
        }
    }
}
