using System.Collections.Generic;
using System.Globalization;

namespace EnergyNode.Node.Readings;

/// <summary>
/// Reads a Green Button file: Atom (RFC 4287) entries with resources of NAESB REQ.21 (ESPI). What is broken in form is
/// refused; single numbers that are wrong are noted and their reading is left out.
/// </summary>
internal sealed class GreenButtonReader
{
    public const string Atom = "http://www.w3.org/2005/Atom";
    public const string Espi = "http://naesb.org/espi";

    private readonly XmlCursor _xml;
    private readonly GreenButtonFeed _feed;
    private readonly List<EspiReadingType> _entryTypes = [];
    private readonly List<EspiMeterReading> _entryMeterReadings = [];
    private readonly List<EspiBlock> _entryBlocks = [];
    private int _resources;
    private int _readings;

    private GreenButtonReader(XmlCursor xml, ProblemList problems)
    {
        _xml = xml;
        _feed = new GreenButtonFeed(problems);
    }

    /// <param name="xml">At the beginning of the file.</param>
    /// <param name="problems">Takes what is wrong with single elements.</param>
    /// <exception cref="UnreadableFileException">The file is no such feed, or broken.</exception>
    public static GreenButtonFeed Read(XmlCursor xml, ProblemList problems)
    {
        GreenButtonReader reader = new(xml, problems);
        reader.ReadFeed();
        return reader._feed;
    }

    private void ReadFeed()
    {
        _xml.ToRoot();
        if (!_xml.Is("feed", Atom))
        {
            throw _xml.Refuse(
                $"the root element is {XmlCursor.Shown(_xml.LocalName)}", "give an Atom feed of Green Button data");
        }

        XmlScope feed = _xml.Enter();
        int entries = 0;
        while (_xml.NextChild(feed))
        {
            if (!_xml.Is("entry", Atom))
            {
                continue;
            }

            if (++entries > ReadingsLimits.MaxEntries)
            {
                throw _xml.Refuse(
                    $"the feed has more than {Text(ReadingsLimits.MaxEntries)} entries", "split it by time");
            }

            ReadEntry();
        }

        _xml.ToEnd();
    }

    private void ReadEntry()
    {
        XmlScope entry = _xml.Enter();
        List<string> related = [];
        string self = "";
        string up = "";
        int links = 0;
        while (_xml.NextChild(entry))
        {
            if (_xml.Is("content", Atom))
            {
                ReadContent();
            }
            else if (_xml.Is("link", Atom))
            {
                if (++links > ReadingsLimits.MaxLinksOfEntry)
                {
                    throw _xml.Refuse(
                        $"the entry has more than {ReadingsLimits.MaxLinksOfEntry} links",
                        "this is no Green Button feed");
                }

                ReadLink(ref self, ref up, related);
            }
        }

        Attach(new EspiLinks(self, up, related));
    }

    private void ReadLink(ref string self, ref string up, List<string> related)
    {
        string address = _xml.Attribute("href") ?? "";
        if (address.Length > ReadingsLimits.MaxHrefChars)
        {
            throw _xml.Refuse($"the link has more than {Text(ReadingsLimits.MaxHrefChars)} characters", "shorten it");
        }

        switch (_xml.Attribute("rel"))
        {
            case "self":
                self = address;
                break;
            case "up":
                up = address;
                break;
            case "related":
                related.Add(address);
                break;
            default:
                break;
        }
    }

    /// <summary>Links stand before or behind the content, so the resources get them at the end of the entry.</summary>
    private void Attach(EspiLinks links)
    {
        _entryTypes.ForEach(type => type.Links = links);
        _entryMeterReadings.ForEach(meterReading => meterReading.Links = links);
        EspiMeterReading? preceding = _feed.MeterReadings.Count > 0 ? _feed.MeterReadings[^1] : null;
        foreach (EspiBlock block in _entryBlocks)
        {
            block.Links = links;
            block.Preceding = preceding;
        }

        _feed.ReadingTypes.AddRange(_entryTypes);
        _feed.MeterReadings.AddRange(_entryMeterReadings);
        _feed.Blocks.AddRange(_entryBlocks);
        _entryTypes.Clear();
        _entryMeterReadings.Clear();
        _entryBlocks.Clear();
    }

    private void ReadContent()
    {
        XmlScope content = _xml.Enter();
        while (_xml.NextChild(content))
        {
            if (_xml.Is("IntervalBlock", Espi))
            {
                ReadBlock();
            }
            else if (_xml.Is("ReadingType", Espi))
            {
                ReadType();
            }
            else if (_xml.Is("MeterReading", Espi))
            {
                _entryMeterReadings.Add(new EspiMeterReading(_xml.Line));
            }

            if (++_resources > ReadingsLimits.MaxResources)
            {
                throw _xml.Refuse(
                    $"the feed has more than {Text(ReadingsLimits.MaxResources)} resources", "split it by time");
            }
        }
    }

    private void ReadType()
    {
        EspiReadingType type = new(_xml.Line);
        XmlScope scope = _xml.Enter();
        while (_xml.NextChild(scope))
        {
            switch (_xml.LocalName)
            {
                case "uom" when _xml.Is("uom", Espi):
                    type.Unit = TakeNumber("uom", 0, ushort.MaxValue);
                    break;
                case "powerOfTenMultiplier" when _xml.Is("powerOfTenMultiplier", Espi):
                    type.PowerOfTenMultiplier = TakeNumber("powerOfTenMultiplier", short.MinValue, short.MaxValue);
                    break;
                case "accumulationBehaviour" when _xml.Is("accumulationBehaviour", Espi):
                    type.Accumulation = TakeNumber("accumulationBehaviour", 0, ushort.MaxValue);
                    break;
                case "flowDirection" when _xml.Is("flowDirection", Espi):
                    type.FlowDirection = TakeNumber("flowDirection", 0, ushort.MaxValue);
                    break;
                case "intervalLength" when _xml.Is("intervalLength", Espi):
                    type.IntervalLengthSeconds = TakeNumber("intervalLength", 0, uint.MaxValue);
                    break;
                case "defaultQuality" when _xml.Is("defaultQuality", Espi):
                    type.DefaultQuality = TakeQuality();
                    break;
                default:
                    break;
            }
        }

        _entryTypes.Add(type);
    }

    private void ReadBlock()
    {
        EspiBlock block = new(_xml.Line);
        XmlScope scope = _xml.Enter();
        while (_xml.NextChild(scope))
        {
            if (_xml.Is("interval", Espi))
            {
                (block.StartSeconds, block.DurationSeconds) = ReadPeriod();
            }
            else if (_xml.Is("IntervalReading", Espi))
            {
                if (++_readings > ReadingsLimits.MaxReadings)
                {
                    throw _xml.Refuse(
                        $"the feed has more than {Text(ReadingsLimits.MaxReadings)} readings", "split it by time");
                }

                ReadReading(block);
            }
        }

        _entryBlocks.Add(block);
    }

    private void ReadReading(EspiBlock block)
    {
        int line = _xml.Line;
        long before = _feed.Problems.Count;
        long? value = null;
        (long? Start, long? Duration) period = (EspiReading.NotStated, EspiReading.NotStated);
        bool hasQuality = false;
        XmlScope scope = _xml.Enter();
        while (_xml.NextChild(scope))
        {
            if (_xml.Is("value", Espi))
            {
                value = TakeNumber("value", -EspiNumber.MaxInt48 - 1, EspiNumber.MaxInt48);
            }
            else if (_xml.Is("timePeriod", Espi))
            {
                period = ReadPeriod();
            }
            else if (_xml.Is("ReadingQuality", Espi))
            {
                hasQuality |= ReadQuality();
            }
        }

        block.Count++;
        block.WithoutQuality += hasQuality ? 0 : 1;
        if (value is { } energy && period is ({ } start, { } duration))
        {
            block.Readings.Add(new EspiReading(line, start, duration, energy));
        }
        else if (_feed.Problems.Count == before)
        {
            ReadingRule rule = value is null ? ReadingRule.MissingValue : ReadingRule.InvalidTime;
            string missing = value is null ? "value" : "start or duration";
            _feed.Problems.Add(line, rule, $"the reading has no {missing}");
        }
    }

    private bool ReadQuality()
    {
        bool found = false;
        XmlScope scope = _xml.Enter();
        while (_xml.NextChild(scope))
        {
            if (_xml.Is("quality", Espi))
            {
                found = true;
                if (TakeQuality() is { } code)
                {
                    _feed.Quality[(int)code] = (_feed.Quality.TryGetValue((int)code, out long count) ? count : 0) + 1;
                }
            }
        }

        return found;
    }

    /// <summary>DateTimeInterval: both parts, or null where one is missing or wrong.</summary>
    private (long? Start, long? Duration) ReadPeriod()
    {
        long? start = null;
        long? duration = null;
        XmlScope scope = _xml.Enter();
        while (_xml.NextChild(scope))
        {
            if (_xml.Is("start", Espi))
            {
                start = TakeNumber("start", 0, EspiNumber.MaxInt48);
            }
            else if (_xml.Is("duration", Espi))
            {
                duration = TakeNumber("duration", 0, uint.MaxValue);
            }
        }

        return (start, duration);
    }

    private long? TakeQuality()
    {
        int line = _xml.Line;
        long? code = TakeNumber("quality", 0, ushort.MaxValue);
        if (code is { } known && !EspiCodes.IsQuality(known))
        {
            _feed.Problems.Add(line, ReadingRule.Quality, $"quality {Text(known)} is no code of ESPI (0, 7 to 19)");
            return null;
        }

        return code;
    }

    private long? TakeNumber(string name, long min, long max)
    {
        int line = _xml.Line;
        string text = _xml.ReadText(ReadingsLimits.MaxNumberChars);
        if (!EspiNumber.TryParse(text, out long number) || number < min || number > max)
        {
            _feed.Problems.Add(
                line,
                ReadingRule.Number,
                $"{name} {XmlCursor.Shown(text)} is no whole number from {Text(min)} to {Text(max)}");
            return null;
        }

        return number;
    }

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
