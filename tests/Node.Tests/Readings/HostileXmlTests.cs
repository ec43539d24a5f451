using System;
using System.Linq;
using System.Text;
using EnergyNode.Node.Readings;
using Xunit;

namespace EnergyNode.Node.Tests.Readings;

public sealed class HostileXmlTests
{
    private const string Bomb =
        """
        <?xml version="1.0"?>
        <!DOCTYPE feed [
          <!ENTITY a "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">
          <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
          <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
        ]>
        <feed xmlns="http://www.w3.org/2005/Atom"><title>&c;</title></feed>
        """;

    private const string External =
        """
        <!DOCTYPE values [<!ENTITY key SYSTEM "file:///etc/hostname">]>
        <values><value><publicKey>&key;</publicKey></value></values>
        """;

    [Theory]
    [InlineData(Bomb, 2, "DTD")]
    [InlineData(External, 1, "DTD")]
    [InlineData("<!-- <!DOCTYPE -->\n\n <!DOCTYPE feed []><feed xmlns='http://www.w3.org/2005/Atom'/>", 3, "DTD")]
    [InlineData("<!DOCTYPE feed SYSTEM 'http://localhost/x.dtd'><feed xmlns='http://www.w3.org/2005/Atom'/>", 1, "DTD")]
    [InlineData("<feed xmlns='http://www.w3.org/2005/Atom'>\n<title>&nbsp;</title></feed>", 2, "nbsp")]
    [InlineData("<feed xmlns='http://www.w3.org/2005/Atom'/>\n<feed/>", 2, "multiple root elements")]
    [InlineData("<feed xmlns='http://www.w3.org/2005/Atom'>\n\n</fed>", 3, "does not match")]
    [InlineData("<feed xmlns='http://www.w3.org/2005/Atom'>\n\u0001</feed>", 2, "0x01")]
    [InlineData("<feed xmlns='http://example.org/other'/>", 1, "'feed' in namespace 'http://example.org/other'")]
    [InlineData("<feed/>", 1, "'feed' in namespace ''")]
    [InlineData("<html/>", 1, "'html'")]
    [InlineData("<!-- nothing -->", 1, "Root element is missing")]
    [InlineData("<", 1, "broken")]
    public void What_is_no_feed_is_refused_with_its_line(string text, int line, string what)
    {
        UnreadableFileException error = Assert.Throws<UnreadableFileException>(() => Inspect.Text(text));

        Assert.Equal(line, error.Line);
        Assert.Contains(what, error.Message);
    }

    [Theory]
    [InlineData("http://naesb.org/espi", "http://naesb.org/espi/", 2, "MeterReading is in namespace")]
    [InlineData("http://www.w3.org/2005/Atom'>", "http://www.w3.org/2005/atom'>", 1, "of no known format")]
    [InlineData("<IntervalReading>", "<IntervalReading xmlns=''>", 5, "IntervalReading is in no namespace")]
    [InlineData("<value>", "<value xmlns='urn:x'>", 5, "value is in namespace 'urn:x'")]
    [InlineData("<link rel='up'", "<link xmlns='urn:x' rel='up'", 4, "link is in namespace 'urn:x'")]
    [InlineData("<uom>", "<uom xmlns='urn:x'>", 3, "uom is in namespace 'urn:x'")]
    [InlineData("<value>5", "<value><b>5</b>", 5, "value holds the element 'b'")]
    public void A_name_in_a_wrong_namespace_is_refused_with_its_line(string old, string changed, int line, string what)
    {
        string feed = FeedBuilder.Of(FeedBuilder.Reading(0, "5"));

        UnreadableFileException error = Assert.Throws<UnreadableFileException>(
            () => Inspect.Text(feed.Replace(old, changed)));

        Assert.Equal(line, error.Line);
        Assert.Contains(what, error.Message);
    }

    [Theory]
    [InlineData("greenbutton/test_usage_data_01.xml")]
    [InlineData("ocmf/test_ocmf_transaction_two_values.xml")]
    public void A_file_that_is_cut_off_anywhere_is_refused(string name)
    {
        string text = Inspect.SampleText(name).TrimEnd().TrimStart('\uFEFF');
        for (int length = text.Length - 1; length > 0; length -= length > text.Length - 200 ? 1 : 499)
        {
            Assert.Throws<UnreadableFileException>(() => Inspect.Text(text[..length]));
        }
    }

    [Fact]
    public void What_stands_behind_the_root_element_is_read_too()
    {
        string feed = FeedBuilder.Of(FeedBuilder.Reading(0, "5"));

        Assert.True(Inspect.Text(feed + "<!-- the end -->\n").IsGood);
        Assert.Throws<UnreadableFileException>(() => Inspect.Text(feed + "more"));
        Assert.Throws<UnreadableFileException>(() => Inspect.Text(feed + feed));
    }

    [Theory]
    [InlineData(ReadingsLimits.MaxDepth, true)]
    [InlineData(ReadingsLimits.MaxDepth + 1, false)]
    [InlineData(100_000, false)]
    public void Elements_lie_so_deep_and_no_deeper(int depth, bool accepted)
    {
        string nest = string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth));
        string feed = FeedBuilder.Of(FeedBuilder.Reading(0, "5")).Replace("</feed>", nest + "</feed>");

        Check(feed, accepted, "deep");
    }

    [Theory]
    [InlineData(ReadingsLimits.MaxAttributes, true)]
    [InlineData(ReadingsLimits.MaxAttributes + 1, false)]
    public void An_element_has_so_many_attributes_and_no_more(int attributes, bool accepted)
    {
        string list = string.Join(' ', Enumerable.Range(0, attributes).Select(i => $"a{i}='1'"));
        string feed = FeedBuilder.Of(FeedBuilder.Reading(0, "5")).Replace("</feed>", $"<a {list}/></feed>");

        Check(feed, accepted, "attributes");
    }

    [Theory]
    [InlineData(ReadingsLimits.MaxRunChars - 4, true)]
    [InlineData(ReadingsLimits.MaxRunChars, false)]
    public void A_tag_has_so_many_characters_and_no_more(int length, bool accepted)
    {
        string feed = FeedBuilder.Of(FeedBuilder.Reading(0, "5"));

        Check(feed.Replace("</feed>", $"<a>{new string('x', length)}</a></feed>"), accepted, "characters");
        Check(feed.Replace("</feed>", $"<{new string('x', length)}/></feed>"), accepted, "characters");
        Check(feed.Replace("</feed>", $"<a b='{new string('x', length - 5)}'/></feed>"), accepted, "characters");
    }

    [Theory]
    [InlineData(ReadingsLimits.MaxReadings, true)]
    [InlineData(ReadingsLimits.MaxReadings + 1, false)]
    public void A_feed_has_so_many_readings_and_no_more(int readings, bool accepted)
    {
        FeedBuilder feed = new() { Type = "<intervalLength>900</intervalLength><uom>72</uom>" };
        string interval = $"<interval><start>0</start><duration>{900L * readings}</duration></interval>";
        const string Reading = "<IntervalReading><value>1</value></IntervalReading>";

        string text = feed.Block(interval, new StringBuilder().Insert(0, Reading, readings).ToString()).ToString();

        Check(text, accepted, "readings");
    }

    [Theory]
    [InlineData(ReadingsLimits.MaxEntries - 3, true)]
    [InlineData(ReadingsLimits.MaxEntries - 2, false)]
    public void A_feed_has_so_many_entries_and_no_more(int more, bool accepted)
    {
        string entries = new StringBuilder().Insert(0, "<entry/>", more).ToString();
        string feed = FeedBuilder.Of(FeedBuilder.Reading(0, "5")).Replace("</feed>", entries + "</feed>");

        Check(feed, accepted, "entries");
    }

    [Fact]
    public void A_file_has_so_many_characters_and_no_more()
    {
        string feed = FeedBuilder.Of(FeedBuilder.Reading(0, "5")).TrimEnd();
        string filling = new StringBuilder().Insert(0, "<" + new string(' ', 100_000), 700).ToString();
        int room = ReadingsLimits.MaxChars - feed.Length - "<!---->".Length;

        Check($"{feed}<!--{filling.AsSpan(0, room)}-->", true, "");
        Check($"{feed}<!--{filling.AsSpan(0, room + 1)}-->", false, "characters");
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_refused()
    {
        byte[] feed = Encoding.UTF8.GetBytes(FeedBuilder.Of(FeedBuilder.Reading(0, "5")));
        feed[^12] = 0xFF;

        UnreadableFileException error = Assert.Throws<UnreadableFileException>(() => Inspect.Bytes(feed));

        Assert.Contains("UTF-8", error.Message);
        Assert.Throws<UnreadableFileException>(() => Inspect.Bytes(Encoding.Unicode.GetBytes("<feed/>")));
    }

    private static void Check(string feed, bool accepted, string what)
    {
        if (accepted)
        {
            Assert.True(Inspect.Text(feed).IsGood);
        }
        else
        {
            UnreadableFileException error = Assert.Throws<UnreadableFileException>(() => Inspect.Text(feed));
            Assert.Contains(what, error.Message);
        }
    }
}
