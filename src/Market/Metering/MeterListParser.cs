using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>METER-4: reads the list of meters with their owners' accounts and the sizes of their connections.</summary>
public static class MeterListParser
{
    public const string Header = "meter_id,account,import_rating_w,export_rating_w";

    /// <param name="file">The name to show in errors.</param>
    /// <param name="bytes">The whole file.</param>
    public static ParseResult<MeterList> Parse(string file, ReadOnlySpan<byte> bytes)
    {
        ErrorList errors = new(file);
        CsvDocument document = new(bytes, Header, "meter", MeteringLimits.MaxMeters, errors);
        List<MeterConnection> connections = [];
        Dictionary<string, int> lines = [];
        bool opened = document.Open();
        while (opened && document.Next(out CsvRow row))
        {
            if (!row.TakeName("a meter id", out string meter))
            {
                continue;
            }

            if (!lines.TryAdd(meter, row.Line))
            {
                row.Fail($"meter '{meter}' is already in line {lines[meter]}", "remove one of the two");
                continue;
            }

            if (row.TakeName("an account name", out string account)
                && row.TakeRating(out Watts importRating)
                && row.TakeRating(out Watts exportRating))
            {
                connections.Add(new MeterConnection(MeterId.Parse(meter), account, importRating, exportRating));
            }
        }

        return errors.Count > 0
            ? errors.Refuse<MeterList>()
            : new ParseResult<MeterList>(new MeterList(connections));
    }
}
