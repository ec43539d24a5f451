using System.Linq;
using EnergyNode.Node.Readings;
using Xunit;

namespace EnergyNode.Node.Tests.Readings;

public sealed class OcmfTransactionTests
{
    private const string B = RecordBuilder.Begin;
    private const string E = RecordBuilder.End;

    [Theory]
    [InlineData(B + "," + E, "11750", "")]
    [InlineData(B + ";" + E, "11750", "")]
    [InlineData(B + ",{'TX':'C','RV':101}," + E, "11750", "")]
    [InlineData(B + ",{'TX':'E','RV':100.500001}", "0.001", "")]
    [InlineData(B + ",{'TX':'E','RV':100.500000001}", "0.000001", "")]
    [InlineData(B + ",{'TX':'E','RV':1.005e2}", "0", "")]
    [InlineData(B + ",{'TX':'L','RV':101}", "500", "")]
    [InlineData(B + ",{'TX':'R','RV':101}", "500", "")]
    [InlineData(B + ",{'TX':'A','RV':101}", "500", "")]
    [InlineData(B + ",{'TX':'P','RV':101}", "500", "")]
    [InlineData(B + ",{'TX':'E','RV':101000,'RU':'Wh'}", "500", "")]
    [InlineData(B + ",{'TX':'E'}", "0", "")]
    [InlineData(B + "," + E + ",{'RV':7,'RI':'1-b:1.9.0'}", "11750", "")]
    [InlineData(B + ",{'RV':7,'RI':'1-b:2.8.0'}," + E + ",{'RV':9,'RI':'1-b:2.8.0'}", "11750", "")]
    [InlineData(B, "0", "no-end:2")]
    [InlineData(E, "0", "no-begin:2")]
    [InlineData(E + ";" + B, "0", "no-begin:2 no-end:3")]
    [InlineData(B + ";" + B + "," + E, "11750", "no-end:2")]
    [InlineData(B + "," + E + ";" + B + "," + E, "11750", "duplicate:3")]
    [InlineData(B + ",{'TX':'E','RV':100}", "0", "register-decreases:2")]
    [InlineData(B + ",{'TX':'C','RV':150}," + E, "0", "register-decreases:2")]
    [InlineData(B + ",{'TM':'2024-05-01T09:59:59,999+0200 S','TX':'E','RV':101}", "500", "time-order:2")]
    [InlineData(B + ",{'TX':'E','RV':101,'ST':'M'}", "0", "meter-state:2")]
    [InlineData(B + ",{'TX':'E','RV':101,'EF':'E'}", "0", "meter-state:2")]
    [InlineData(B + ",{'TX':'E','RV':101,'EF':'t'}", "500", "meter-state:2")]
    [InlineData(B + ",{'TX':'E','RV':101,'TM':'yesterday'}", "500", "invalid-time:2")]
    [InlineData(B + ",{'TX':'E','RV':-1}", "0", "negative:2 no-end:2")]
    [InlineData(B + ",{'TX':'E','RV':1e10}", "0", "out-of-range:2 no-end:2")]
    [InlineData(B + ",{'TX':'E','RV':1e999999999}", "0", "out-of-range:2 no-end:2")]
    [InlineData(B + ",{'TX':'E','RV':100.5000000001}", "0", "precision:2 no-end:2")]
    [InlineData(B + ",{'TX':'E','RV':7,'RU':'kvarh'}", "0", "unit:2 no-end:2")]
    [InlineData(B + "," + E + ",{'RV':3,'RI':'x','RU':'mOhm'}", "11750", "")]
    public void A_transaction_takes_what_its_register_gained(string records, string sumWh, string problems)
    {
        using RecordBuilder builder = new();
        string[] signed = [.. records.Split(';').Select(readings => builder.Record(RecordBuilder.Payload(readings)))];

        InspectionReport report = Inspect.Text(builder.File(signed));

        Assert.All(report.Signatures, static signature => Assert.True(signature.Valid, signature.Reason));
        Assert.Equal((problems, sumWh), (Inspect.Rules(report), report.Sum.ToString()));
    }

    [Fact]
    public void Transactions_of_different_meters_do_not_mix()
    {
        using RecordBuilder builder = new();
        string other = RecordBuilder.Payload(E).Replace("meter-1", "meter-2");

        InspectionReport report = Inspect.Text(
            builder.File(builder.Record(RecordBuilder.Payload(B)), builder.Record(other)));

        Assert.Equal("no-end:2 no-begin:3", Inspect.Rules(report));
        Assert.Equal(2, report.Meters);
    }

    [Fact]
    public void Energy_of_an_invalid_record_is_not_counted_though_its_readings_are()
    {
        using RecordBuilder builder = new();
        string record = builder.Record(RecordBuilder.Payload(B, E)).Replace("112.25", "912.25");

        InspectionReport report = Inspect.Text(builder.File(record));

        Assert.False(Assert.Single(report.Signatures).Valid);
        Assert.Equal((2, "0"), (report.Readings, report.Sum.ToString()));
    }

    [Fact]
    public void Records_without_a_container_are_read_and_lack_a_key()
    {
        using RecordBuilder builder = new();
        string record = builder.Record(RecordBuilder.Payload(B, E));

        InspectionReport report = Inspect.Text($"{record}\n\n{record.Replace("|{", "|\n{")}\n");

        Assert.Equal(2, report.Signatures.Count);
        Assert.All(report.Signatures, static signature =>
            Assert.Equal(SignatureVerdict.Refuse("P-256", "the file has no public key for it"), signature));
        Assert.Equal((4, "0"), (report.Readings, report.Sum.ToString()));
    }

    [Fact]
    public void Signed_data_of_another_format_is_refused_by_name()
    {
        InspectionReport report = Inspect.Text(
            "<values>\n<value><signedData format='ALFEN'>AP;0;3;</signedData></value><value/></values>");

        Assert.Equal("malformed-record:2 malformed-record:2", Inspect.Rules(report));
        Assert.Equal(
            "signed data of format 'ALFEN' is not read, only OCMF is|there is no signed data",
            string.Join('|', report.Signatures.Select(static signature => signature.Reason)));
    }

    [Fact]
    public void A_record_in_base64_or_hexadecimal_and_in_the_containers_namespace_is_read()
    {
        using RecordBuilder builder = new();
        byte[] record = System.Text.Encoding.UTF8.GetBytes(builder.Record(RecordBuilder.Payload(B, E)));
        string Container(string encoding, string text) =>
            $"<values xmlns='{OcmfContainer.SafeNamespace}'><value><encodedData encoding='{encoding}'>{text}"
            + $"</encodedData><publicKey>{builder.Key}</publicKey></value></values>";

        Assert.True(Inspect.Text(Container("base64", System.Convert.ToBase64String(record))).IsGood);
        Assert.True(Inspect.Text(Container("hex", System.Convert.ToHexString(record))).IsGood);
        Assert.False(Inspect.Text(Container("rot13", "x")).IsGood);
    }

    [Fact]
    public void A_container_without_records_is_a_problem() =>
        Assert.Equal("empty:1", Inspect.Rules(Inspect.Text("<values/>")));

    [Theory]
    [InlineData(ReadingsLimits.MaxRecords, true)]
    [InlineData(ReadingsLimits.MaxRecords + 1, false)]
    public void A_file_has_so_many_records_and_no_more(int records, bool accepted)
    {
        string file = "<values>" + string.Concat(Enumerable.Repeat("<value/>", records)) + "</values>";
        if (accepted)
        {
            Assert.Equal(records, Inspect.Text(file).Signatures.Count);
        }
        else
        {
            Assert.Contains(
                "20,000 signed records", Assert.Throws<UnreadableFileException>(() => Inspect.Text(file)).Message);
        }
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_record_has_so_many_characters_and_no_more(int more, bool accepted)
    {
        string record = "OCMF|" + new string(' ', ReadingsLimits.MaxRecordChars - 7 + more) + "|x";
        if (accepted)
        {
            Assert.Single(Inspect.Text(RecordBuilder.FileWith("00", "", record)).Signatures);
        }
        else
        {
            Assert.Throws<UnreadableFileException>(() => Inspect.Text(RecordBuilder.FileWith("00", "", record)));
        }
    }
}
