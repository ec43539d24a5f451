using System.IO;
using System.Linq;
using System.Text;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Market.Tests.Books;
using Xunit;

namespace EnergyNode.Market.Tests.Metering;

/// <summary>Inputs of the metering tests.</summary>
internal static class Inputs
{
    public static readonly Instant Noon = Instant.FromSeconds(1_470_052_800);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static MeterList RealMeters() =>
        Value(MeterListParser.Parse("meter_list.csv", File.ReadAllBytes(TestFiles.InData("meter_list.csv"))));

    public static ReadingFile RealReadings() =>
        Value(ReadingFileParser.Parse(
            "prosumers.csv", File.ReadAllBytes(TestFiles.InData("prosumers_15min_2016-08-01_14d.csv")), RealMeters()));

    public static T Value<T>(ParseResult<T> result)
        where T : class
    {
        Assert.Equal([], result.Errors);
        Assert.True(result.Succeeded);
        return result.Value;
    }

    public static string Errors<T>(ParseResult<T> result)
        where T : class
    {
        Assert.Null(result.Value);
        Assert.False(result.Succeeded);
        return string.Join('\n', result.Errors.Select(error => error.ToString()));
    }
}
