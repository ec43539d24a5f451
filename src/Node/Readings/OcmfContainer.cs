using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace EnergyNode.Node.Readings;

/// <summary>
/// Reads the file around OCMF records: the XML container of the S.A.F.E. transparency software, or records alone, one
/// after the other.
/// </summary>
internal static class OcmfContainer
{
    public const string SafeNamespace = "http://transparenz.software/schema/2018/07";
    public const string Header = "OCMF|";

    /// <exception cref="UnreadableFileException">The file is no such container, or broken.</exception>
    public static IReadOnlyList<OcmfSource> ReadXml(Stream stream)
    {
        using XmlCursor xml = new(stream);
        xml.ToRoot();
        string space = xml.Namespace == SafeNamespace ? SafeNamespace : "";
        if (!xml.Is("values", space))
        {
            throw xml.Refuse(
                $"the root element is {XmlCursor.Shown(xml.LocalName)}", "give a container of signed values");
        }

        List<OcmfSource> sources = [];
        XmlScope values = xml.Enter();
        while (xml.NextChild(values))
        {
            if (xml.Is("value", space))
            {
                ReadValue(xml, space, sources);
            }
        }

        xml.ToEnd();
        return sources;
    }

    /// <summary>Records may go over several lines: JSON may be indented.</summary>
    /// <exception cref="UnreadableFileException">The text is too long, or no text.</exception>
    public static IReadOnlyList<OcmfSource> ReadText(Stream stream)
    {
        using GuardedText text = new(stream);
        List<OcmfSource> sources = [];
        StringBuilder record = new();
        int begin = 1;
        int number = 0;
        while (text.ReadLine() is { } line)
        {
            number++;
            if (line.StartsWith(Header, System.StringComparison.Ordinal))
            {
                Take(record, begin, sources);
                begin = number;
            }

            record.Append(line).Append('\n');
            if (record.Length > ReadingsLimits.MaxRecordChars)
            {
                throw new UnreadableFileException(
                    begin, 1, $"the record has more than {Text(ReadingsLimits.MaxRecordChars)} characters", "split it");
            }
        }

        Take(record, begin, sources);
        return sources;
    }

    private static void Take(StringBuilder record, int line, List<OcmfSource> sources)
    {
        string text = record.ToString().Trim();
        record.Clear();
        if (text.Length > 0)
        {
            CheckCount(sources.Count, line);
            sources.Add(new OcmfSource(line, text, null, null, "", null, null));
        }
    }

    private static void ReadValue(XmlCursor xml, string space, List<OcmfSource> sources)
    {
        int first = sources.Count;
        int line = xml.Line;
        string transaction = xml.Attribute("transactionId") ?? "";
        string? key = null;
        string? keyEncoding = null;
        XmlScope value = xml.Enter();
        while (xml.NextChild(value))
        {
            if (xml.Is("signedData", space) || xml.Is("encodedData", space))
            {
                CheckCount(sources.Count, xml.Line);
                int at = xml.Line;
                string? encoding = xml.Attribute("encoding");
                string? format = xml.Attribute("format");
                string text = xml.ReadText(ReadingsLimits.MaxRecordChars).Trim();
                sources.Add(new OcmfSource(at, text, encoding, format, transaction, null, null));
            }
            else if (xml.Is("publicKey", space))
            {
                keyEncoding = xml.Attribute("encoding");
                key = xml.ReadText(ReadingsLimits.MaxKeyChars);
            }
        }

        if (sources.Count == first)
        {
            CheckCount(sources.Count, line);
            sources.Add(new OcmfSource(line, "", null, null, transaction, null, null));
        }

        for (int i = first; i < sources.Count; i++)
        {
            sources[i] = sources[i] with { Key = key, KeyEncoding = keyEncoding };
        }
    }

    private static void CheckCount(int count, int line)
    {
        if (count >= ReadingsLimits.MaxRecords)
        {
            throw new UnreadableFileException(
                line, 1, $"the file has more than {Text(ReadingsLimits.MaxRecords)} signed records", "split it");
        }
    }

    private static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
