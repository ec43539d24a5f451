using System.Linq;
using EnergyNode.Node.Readings;
using Xunit;

namespace EnergyNode.Node.Tests.Readings;

/// <summary>The verdicts of <c>data/formats/README.md</c>.</summary>
public sealed class SampleTests
{
    [Theory]
    [InlineData("greenbutton/test_usage_data_01.xml", 96, "93846", "0=94 7=1 8=1", "2012-03-02T05:00:00Z")]
    [InlineData("greenbutton/test_usage_data_1.xml", 480, "511688", "0=478 7=1 8=1", "2012-03-06T05:00:00Z")]
    public void A_green_button_sample_has_its_count_sum_and_quality(
        string name, int readings, string sumWh, string quality, string end)
    {
        InspectionReport report = Inspect.Sample(name);

        Assert.True(report.IsGood, Inspect.Rules(report));
        Assert.Equal(ReadingFormat.GreenButton, report.Format);
        Assert.Equal(1, report.Meters);
        Assert.Equal(readings, report.Readings);
        Assert.Equal(sumWh, report.Sum.ToString());
        Assert.Equal(900, report.IntervalSeconds);
        Assert.Equal("2012-03-01T05:00:00Z", UtcTimestamp.Format(report.FirstStartMillis!.Value));
        Assert.Equal(end, UtcTimestamp.Format(report.LastEndMillis!.Value));
        Assert.Equal(quality, string.Join(' ', report.Quality.Select(code => $"{code.Key}={code.Value}")));
    }

    [Theory]
    [InlineData("ocmf/keba_test.xml", 100, "P-256", 300, "0")]
    [InlineData("ocmf/test_ocmf_keba_kcp30.xml", 1, "P-256", 2, "0.1")]
    [InlineData("ocmf/test_ocmf_ebee_01.xml", 2, "P-256", 2, "0")]
    [InlineData("ocmf/test_ocmf_transaction_two_values.xml", 2, "secp192k1", 4, "9123.1")]
    [InlineData("ocmf/nistP384_0Wh.xml", 2, "P-384", 2, "0")]
    public void An_ocmf_sample_is_valid_and_has_its_sum(
        string name, int signatures, string curve, int readings, string sumWh)
    {
        InspectionReport report = Inspect.Sample(name);

        Assert.Equal(
            Enumerable.Repeat(new SignatureVerdict(true, curve, null), signatures), report.Signatures);
        Assert.Equal("", Inspect.Rules(report));
        Assert.True(report.IsGood);
        Assert.Equal(ReadingFormat.Ocmf, report.Format);
        Assert.Equal(1, report.Meters);
        Assert.Equal(readings, report.Readings);
        Assert.Equal(sumWh, report.Sum.ToString());
    }

    [Fact]
    public void A_record_whose_date_was_changed_is_invalid_and_adds_no_energy()
    {
        InspectionReport report = Inspect.Sample("ocmf/test_ocmf_keba_kcp30_fail.xml");

        SignatureVerdict verdict = Assert.Single(report.Signatures);
        Assert.False(verdict.Valid);
        Assert.Equal("P-256", verdict.Curve);
        Assert.Equal("the signature does not fit the payload and the key", verdict.Reason);
        Assert.Equal("0", report.Sum.ToString());
        Assert.Equal(2, report.Readings);
        Assert.False(report.IsGood);
    }

    [Fact]
    public void A_line_end_or_a_byte_order_mark_changes_no_verdict()
    {
        string text = Inspect.SampleText("ocmf/test_ocmf_transaction_two_values.xml");

        Assert.True(Inspect.Text(text.ReplaceLineEndings("\n")).IsGood);
        Assert.True(Inspect.Text("\uFEFF" + text.TrimStart('\uFEFF').ReplaceLineEndings("\r\n")).IsGood);
    }
}
