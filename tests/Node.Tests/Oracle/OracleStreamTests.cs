using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Node.Oracle;
using EnergyNode.Node.Readings;
using Xunit;
using static EnergyNode.Node.Tests.Oracle.OracleFixture;

namespace EnergyNode.Node.Tests.Oracle;

public sealed class OracleStreamTests
{
    [Fact]
    public void An_epoch_is_closed_with_its_last_meter_and_the_next_one_follows()
    {
        FakeLedger ledger = new("a", "b");
        OracleStream stream = Started(ledger, "a", "b");
        Delivery first = Offered(stream, "a@0=10 a@1=11");
        Assert.Equal("0:a:10 ", Step(stream, ledger));
        Assert.Equal("", Step(stream, ledger));

        Delivery second = Offered(stream, "b@1=21 b@0=20");
        Assert.Equal("0:b:20 close 0", Step(stream, ledger));
        Assert.Equal("1:a:11 1:b:21 close 1", Step(stream, ledger));
        Assert.Equal((2, 0, 0, 0), Counts(Outcome(first)));
        Assert.Equal((2, 0, 0, 0), Counts(Outcome(second)));
        Assert.Equal("", Step(stream, ledger));
    }

    [Fact]
    public void A_missing_meter_holds_an_epoch_up_for_the_grace_and_no_longer()
    {
        FakeLedger ledger = new("a", "b");
        OracleStream stream = Started(ledger, "a", "b");
        Offered(stream, "a@0=10");
        Assert.Equal("0:a:10 ", Step(stream, ledger));
        Assert.Null(stream.GraceEnds);

        Offered(stream, "a@2=12 b@2=22");
        Instant end = Now.Plus(Duration.FromSeconds(60));
        Assert.Equal(end, stream.GraceEnds);
        Assert.Equal("", Step(stream, ledger, new Instant(end.Micros - 1)));

        // Epoch 1, of which nobody spoke, has had the same grace.
        Assert.Equal("close 0", Step(stream, ledger, end));
        Assert.Equal("close 1", Step(stream, ledger, end));
        Assert.Equal("2:a:12 2:b:22 close 2", Step(stream, ledger, end));
    }

    [Fact]
    public void The_same_delivery_counts_once_however_often_it_comes()
    {
        FakeLedger ledger = new("a", "b");
        OracleStream stream = Started(ledger, "a", "b");
        Delivery[] same = [Offered(stream, "a@0=10"), Offered(stream, "a@0=10")];
        Step(stream, ledger);
        Assert.All(same, delivery => Assert.Equal((1, 0, 0, 0), Counts(Outcome(delivery))));
        Assert.Equal((0, 1, 0, 0), Counts(Outcome(Offered(stream, "a@0=10"))));
        Offered(stream, "b@0=20");
        Step(stream, ledger);
        Delivery late = Offered(stream, "a@0=10 a@-1=10");
        Assert.Equal("", Step(stream, ledger));
        LookUp(stream, ledger);
        Assert.Equal("", Step(stream, ledger));
        Assert.Equal((0, 1, 1, 0), Counts(Outcome(late)));
        Assert.Equal("0:a:10 0:b:20", ledger.Readings);
    }

    [Theory]
    [InlineData("a@1=10", "a@1=11", "another value")]
    [InlineData("a@0=10", "c@0=10", "no key of meter c")]
    [InlineData("a@0=10", "d@0=10", "does not know meter d")]
    [InlineData("a@0=10", "b@0=-1", "negative")]
    [InlineData("a@0=10", "b@0=6001", "above-rating")]
    [InlineData("a@0=10", "b@673=10", "672 epochs ahead")]
    [InlineData("a@0=10", "b@9999999=10", "not over yet")]
    public void What_cannot_be_is_refused_with_its_reason_and_never_sent(string before, string bad, string reason)
    {
        FakeLedger ledger = new("a", "b", "c");
        OracleStream stream = Started(ledger, "a", "b", "d");
        Offered(stream, before);
        DeliveryOutcome outcome = Outcome(Offered(stream, bad));
        Assert.Contains(reason, outcome.Refused[0].Text);
        Assert.Equal((0, 0, 0, 1), Counts(outcome));
        Step(stream, ledger, Now.Plus(Duration.FromSeconds(60)));
        Step(stream, ledger, Now.Plus(Duration.FromSeconds(60)));
        Assert.Equal(before.Replace("a@", "", System.StringComparison.Ordinal).Replace("=", ":a:",
            System.StringComparison.Ordinal), ledger.Readings);
    }

    [Fact]
    public void A_spike_against_the_meters_own_history_is_refused()
    {
        FakeLedger ledger = new("a", "b");
        OracleStream stream = Started(ledger, "a", "b");
        Offered(stream, string.Join(' ', Enumerable.Range(0, 30).Select(at => $"a@{at}={100 + (at % 7)}")));
        Assert.Contains("spike", Outcome(Offered(stream, "a@30=900")).Refused[0].Text);
        Assert.False(Offered(stream, "a@30=105").Decided.IsCompleted);
    }

    [Fact]
    public void The_limits_of_time_are_exact()
    {
        FakeLedger ledger = new("a");
        OracleStream stream = Started(ledger, "a");
        Assert.False(Offered(stream, "a@672=10").Decided.IsCompleted);
        Instant start = OracleFixture.Market.StartOf(new EpochIndex(5));
        Instant early = start.Plus(Duration.FromSeconds(900 - 27));
        Assert.Equal(1, Outcome(Offered(stream, "a@5=10", new Instant(early.Micros - 1))).RefusedCount);
        Assert.False(Offered(stream, "a@5=10", early).Decided.IsCompleted);
    }

    [Fact]
    public void Later_readings_find_no_room_when_it_is_full_and_those_of_the_open_epoch_do()
    {
        const int Fleet = OracleLimits.MaxDeliveryReadings;
        string[] meters = [.. Enumerable.Range(0, Fleet).Select(at => $"m{at:0000}")];
        OracleStream stream = Started(new FakeLedger(meters), meters);
        for (int epoch = 1; epoch <= OracleLimits.MaxWaiting / Fleet; epoch++)
        {
            Offered(stream, string.Join(' ', meters.Select(meter => $"{meter}@{epoch}=10")));
        }

        Delivery refused = Delivery("m0000@0=10 m0000@99=10");
        Assert.False(stream.TryOffer(refused, Now));
        Assert.False(stream.TryOffer(Delivery("m0000@1=10"), Now));
        Offered(stream, "m0000@0=10");
        Assert.Equal("0:m0000:10 ", Describe(stream.Next(Now)));
    }

    [Fact]
    public void After_a_lost_answer_the_stream_goes_on_at_the_exact_reading()
    {
        FakeLedger ledger = new("a", "b");
        OracleStream stream = Started(ledger, "a", "b");
        Delivery delivery = Offered(stream, "a@0=10 a@1=11");
        ledger.Execute(stream.Next(Now)!);
        stream.Forget();
        Assert.Null(stream.Next(Now));
        Assert.False(stream.TryOffer(Delivery("b@0=20"), Now));

        stream.Begin(ledger.Cursor);
        Offered(stream, "b@0=20 b@1=21");
        ledger.Execute(stream.Next(Now)!);
        stream.Forget();
        stream.Begin(ledger.Cursor);
        Assert.Equal("1:a:11 1:b:21 close 1", Step(stream, ledger));
        Assert.Equal((1, 1, 0, 0), Counts(Outcome(delivery)));
        Assert.Equal("0:a:10 0:b:20 1:a:11 1:b:21", ledger.Readings);
    }

    [Fact]
    public void What_the_ledger_refuses_is_told_and_a_surprise_makes_it_ask_again()
    {
        FakeLedger ledger = new("a", "b");
        ledger.Suspended.Add("b");
        OracleStream stream = Started(ledger, "a", "b");
        Delivery delivery = Offered(stream, "a@0=10 b@0=20 a@1=11");
        Assert.Equal("0:a:10 0:b:20 close 0", Step(stream, ledger));
        Assert.Equal("1:a:11 ", Describe(stream.Next(Now)));
        ledger.Execute(new OracleBatch([], [], new EpochIndex(1)));
        Step(stream, ledger);
        Assert.False(stream.IsReady);
        Assert.False(delivery.Decided.IsCompleted);
        stream.Begin(ledger.Cursor);
        LookUp(stream, ledger);
        Assert.Equal("late 1:a:11 ", Step(stream, ledger));
        Assert.Equal((1, 0, 0, 1), Counts(Outcome(delivery)));
        Assert.Equal(1, Outcome(delivery).Corrected);
    }

    [Fact]
    public void Late_readings_fill_silences_only_and_never_twice()
    {
        FakeLedger ledger = new("a", "b", "c");
        OracleStream stream = Started(ledger, "a", "b", "c");
        Offered(stream, "a@0=10 a@1=11");
        Step(stream, ledger, Now.Plus(Duration.FromSeconds(60)));
        Step(stream, ledger, Now.Plus(Duration.FromSeconds(60)));
        Assert.Equal(1, ledger.OpenEpoch);
        ledger.Suspended.Add("c");
        Delivery[] late =
        [
            Offered(stream, "b@0=20 a@0=12 c@0=30"), Offered(stream, "b@0=20"), Offered(stream, "b@0=21"),
        ];
        LookUp(stream, ledger);
        Assert.Equal("late 0:b:20 late 0:c:30 ", Step(stream, ledger));
        Assert.Equal("", Step(stream, ledger));
        Assert.Equal([(0, 0, 0, 2), (0, 0, 0, 0), (0, 0, 0, 1)], late.Select(one => Counts(Outcome(one))));
        Assert.Equal([1, 1, 0], late.Select(one => Outcome(one).Corrected));
        Assert.Contains("another value, which stands", Outcome(late[0]).Refused[0].Text);
        Assert.Contains("MeterNotFound", Outcome(late[0]).Refused[1].Text);
        Assert.Contains("another value of the interval came before", Outcome(late[2]).Refused[0].Text);
        Assert.Equal("0:b:20", ledger.Corrections);
    }

    [Fact]
    public void What_is_not_paid_for_waits_until_it_is()
    {
        FakeLedger ledger = new("a") { RefuseAll = LedgerError.InsufficientOracleBalance };
        OracleStream stream = Started(ledger, "a");
        Delivery delivery = Offered(stream, "a@0=10");
        Assert.Equal("0:a:10 close 0", Step(stream, ledger));
        Assert.False(stream.IsReady);
        stream.Begin(ledger.Cursor);
        ledger.RefuseAll = LedgerError.None;
        Assert.Equal("0:a:10 close 0", Step(stream, ledger));
        Assert.Equal((1, 0, 0, 0), Counts(Outcome(delivery)));

        Delivery late = Offered(stream, "a@0=10 a@1=0");
        Step(stream, ledger);
        ledger.Execute(new OracleBatch([], [], new EpochIndex(2)));
        stream.Begin(ledger.Cursor);
        Delivery silent = Offered(stream, "a@2=12");
        LookUp(stream, ledger);
        ledger.RefuseAll = LedgerError.OracleRateExceeded;
        Assert.Equal("late 2:a:12 ", Step(stream, ledger));
        Assert.False(stream.IsReady);
        Assert.Equal((1, 1, 0, 0), Counts(Outcome(late)));
        ledger.RefuseAll = LedgerError.None;
        stream.Begin(ledger.Cursor);
        Assert.Equal("", Step(stream, ledger));
        LookUp(stream, ledger);
        Assert.Equal("late 2:a:12 ", Step(stream, ledger));
        Assert.Equal(1, Outcome(silent).Corrected);
    }

    [Fact]
    public void Validators_that_lag_behind_make_nothing_count_twice()
    {
        FakeLedger ledger = new("a", "b");
        OracleStream stream = Started(ledger, "a", "b");
        LedgerCursor before = ledger.Cursor;
        ledger.Execute(new OracleBatch([], [], new EpochIndex(0)));
        stream.Begin(ledger.Cursor);
        Delivery late = Offered(stream, "a@0=10 b@1=5");
        stream.Begin(before);
        Assert.Empty(stream.Late.Unsettled(stream.OpenEpoch));
        Delivery[] again = [Offered(stream, "a@0=10"), Offered(stream, "b@0=3")];
        stream.Begin(ledger.Cursor);
        LookUp(stream, ledger);
        Assert.Equal("1:b:5 late 0:a:10 late 0:b:3 ", Step(stream, ledger));
        Assert.All((Delivery[])[late, .. again], one => Assert.Equal(1, Outcome(one).Corrected));
        Assert.Equal("0:a:10 0:b:3", ledger.Corrections);
    }

    /// <summary>The window of corrections, on both sides.</summary>
    [Fact]
    public void Readings_of_final_epochs_are_counted_and_not_looked_up()
    {
        FakeLedger ledger = new("a");
        OracleStream stream = Started(ledger, "a");
        for (int epoch = 0; epoch <= Limits.CorrectionWindowEpochs; epoch++)
        {
            ledger.Execute(new OracleBatch([], [], new EpochIndex(epoch)));
        }

        stream.Begin(ledger.Cursor);
        Assert.Equal((0, 0, 1, 0), Counts(Outcome(Offered(stream, "a@0=10"))));
        Assert.Empty(stream.Late.Unsettled(stream.OpenEpoch));
        Delivery last = Offered(stream, "a@1=10");
        LookUp(stream, ledger);
        Step(stream, ledger);
        Assert.Equal(1, Outcome(last).Corrected);
    }

    [Fact]
    public void A_batch_has_500_readings_and_only_the_last_one_closes()
    {
        string[] meters = [.. Enumerable.Range(0, 501).Select(at => $"m{at:000}")];
        FakeLedger ledger = new(meters);
        OracleStream stream = Started(ledger, meters);
        Delivery delivery = Offered(stream, string.Join(' ', meters.Select(meter => $"{meter}@0=10")));
        OracleBatch first = stream.Next(Now)!;
        Assert.Equal(500, first.Readings.Count);
        Assert.Null(first.Close);
        stream.OnFinal(first, ledger.Execute(first));
        Assert.Equal("0:m500:10 close 0", Step(stream, ledger));
        Assert.Equal((501, 0, 0, 0), Counts(Outcome(delivery)));
    }

    private static OracleStream Started(FakeLedger ledger, params string[] meters)
    {
        OracleStream stream = Stream(meters);
        Assert.False(stream.TryOffer(Delivery("a@0=10"), Now));
        stream.Begin(ledger.Cursor);
        return stream;
    }

    private static Delivery Offered(OracleStream stream, string readings, Instant? now = null)
    {
        Delivery delivery = Delivery(readings);
        Assert.True(stream.TryOffer(delivery, now ?? Now));
        return delivery;
    }

    private static void LookUp(OracleStream stream, FakeLedger ledger)
    {
        IReadOnlyList<MeterEpoch> places = stream.Late.Unsettled(stream.OpenEpoch);
        Assert.NotEmpty(places);
        stream.Late.OnSettled(places, ledger.Settled(places));
    }

    private static string Step(OracleStream stream, FakeLedger ledger, Instant? now = null)
    {
        OracleBatch? batch = stream.Next(now ?? Now);
        if (batch is not null)
        {
            IReadOnlyList<Receipt> receipts = ledger.Execute(batch);
            stream.OnFinal(batch, receipts);
        }

        return Describe(batch);
    }

    private static string Describe(OracleBatch? batch) => batch is null ? "" : string.Concat(
        batch.Readings.Select(reading =>
            $"{SubmitPlan.EpochOf(reading.Start, OracleFixture.Market)}:{reading.Meter}:{reading.Consumption.Wh} "))
        + string.Concat(batch.Corrections.Select(late =>
            $"late {late.Epoch}:{late.Reading.Meter}:{late.Reading.Consumption.Wh} "))
        + (batch.Close is { } epoch ? $"close {epoch.Value}" : "");
}
