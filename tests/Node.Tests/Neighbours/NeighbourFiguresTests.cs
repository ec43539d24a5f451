using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using EnergyNode.Ledger;
using EnergyNode.Node.Neighbours;
using Xunit;

namespace EnergyNode.Node.Tests.Neighbours;

public sealed class NeighbourFiguresTests
{
    private static readonly Instant Start = Instant.FromSeconds(1_470_038_400);

    [Fact]
    public void An_hour_is_a_line_and_a_day_is_the_same_hours_of_all_days()
    {
        StringBuilder text = new();
        NeighbourTable.Append(text, Figures(quarters: 2 * 96));
        string[] lines = text.ToString().Split('\n');

        Assert.Equal(
            "18 homes in two zones: 17 recorded, 1 drawn from them with seed 3. Hours are UTC, energy is in kWh.",
            lines[0]);
        Assert.Equal(
            "hour   price  price  ahead  used  made  share  suff.  stored  cars   south  full", lines[3]);
        Assert.Equal(
            "08:00  0.110  0.120  0.130    80    40    50%    75%       7    16       4   50%", lines[4]);
        Assert.Equal("09:00  0.110  0.120  0.130    80    40    50%    75%       7    16       4   50%", lines[5]);
        Assert.StartsWith("all    0.110", lines[28], StringComparison.Ordinal);
        Assert.Equal("rent of full lines and feeders 0.38", lines[29]);
        Assert.Equal("lost on the way 19.2 kWh, for which buyers paid 5.76", lines[30]);
        Assert.Equal("feeders were full in the hours 08:00 12:00", lines[31]);
        Assert.All(lines.Skip(2), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public void The_json_object_has_every_hour_and_nulls_where_nothing_was_traded()
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            NeighbourJson.Write(json, Figures(quarters: 96));
            json.WriteEndObject();
        }

        using JsonDocument document = JsonDocument.Parse(buffer.WrittenMemory);
        JsonElement root = document.RootElement.GetProperty("neighbourhood");
        Assert.Equal(24, root.GetProperty("hours").GetArrayLength());
        JsonElement hour = root.GetProperty("hours")[0];
        Assert.Equal("2016-08-01T08:00:00Z", hour.GetProperty("startUtc").GetString());
        Assert.Equal(0.5, hour.GetProperty("localShare").GetDouble());
        Assert.Equal(0.75, hour.GetProperty("selfSufficiency").GetDouble());
        Assert.Equal(2, hour.GetProperty("lineFullEpochs").GetInt32());
        Assert.Equal(2_000, hour.GetProperty("toSouthWh").GetInt64());
        Assert.Equal(400_000_000, hour.GetProperty("lossesMicroWh").GetInt64());
        Assert.Equal(120_000, hour.GetProperty("paidForLossesMicro").GetInt64());
        Assert.Equal(96_000, root.GetProperty("all").GetProperty("consumptionWh").GetInt64() / 10);
        JsonElement zone = hour.GetProperty("zones")[1];
        Assert.Equal(120_000, zone.GetProperty("priceMicroPerKwh").GetInt64());
        Assert.Equal(JsonValueKind.Null, zone.GetProperty("aheadPriceMicroPerKwh").ValueKind);
    }

    private static NeighbourFigures Figures(int quarters)
    {
        Neighbourhood neighbourhood = NeighbourDrawTests.Read(18, 3).Neighbourhood!;
        MarketTotals before = default;
        List<QuarterFigures> all = [];
        for (int epoch = 0; epoch < quarters; epoch++)
        {
            MarketTotals after = before with
            {
                Consumption = before.Consumption + new WattHours(10_000),
                Generation = before.Generation + new WattHours(5_000),
                SelfConsumed = before.SelfConsumed + new WattHours(5_000),
                BoughtFromUtility = before.BoughtFromUtility + new WattHours(2_500).ToGrid(),
                CongestionRent = before.CongestionRent + new Money(2_000),
                Losses = before.Losses + new WattHours(100).ToGrid(),
                PaidForLosses = before.PaidForLosses + new Money(30_000),
            };
            all.Add(new QuarterFigures(
                new Moment(
                    epoch, Start.Plus(Duration.FromSeconds(epoch * 900)), epoch, new Price(220_000), IsPeak: false),
                [new ZoneQuarter(6_000, 5_000, 0, 0, 3_000, 0), new ZoneQuarter(4_000, 0, 0, 0, 4_000, 2_000)],
                before,
                new EpochOutcome(
                    after,
                    [Result(110_000), Result(120_000)],
                    [Result(130_000), default],
                    epoch % 2 == 0 ? Flow(-1_000) : Flow(0),
                    epoch % 96 is 0 or 17 ? 1 : 0,
                    [])));
            before = after;
        }

        return new NeighbourFigures(neighbourhood, all);
    }

    private static EpochResult Result(long price) =>
        new(new Price(price), new WattHours(500), 1, 2, new Height(1));

    private static LineFlow Flow(long net) => new(new WattHours(net), new WattHours(1_000), new WattHours(1_000));
}
