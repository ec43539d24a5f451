using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using EnergyNode.Market.Metering;

namespace EnergyNode.Node.Readings;

/// <summary>Inspects a file of any of the formats.</summary>
internal static class FileInspection
{
    private const string Expected =
        "give a CSV file that begins with '" + ReadingFileParser.Header
        + "', a Green Button feed, or OCMF records alone or in the container 'values'";

    /// <param name="file">The name to show in errors.</param>
    /// <param name="stream">The file, which can be read twice.</param>
    /// <param name="format">Null to tell it from the content.</param>
    /// <exception cref="UnreadableFileException">The file is not of the format, or broken.</exception>
    public static InspectionReport Run(string file, Stream stream, ReadingFormat? format)
    {
        ReadOnlySpan<byte> head = ReadHead(stream);
        ReadingFormat known = format ?? Detect(head, stream);
        stream.Position = 0;
        switch (known)
        {
            case ReadingFormat.Csv:
                CsvInspection.CheckLength(stream.Length);
                byte[] bytes = new byte[stream.Length];
                stream.ReadExactly(bytes);
                return CsvInspection.Run(file, bytes);
            case ReadingFormat.GreenButton:
                return GreenButtonInspection.Run(stream);
            default:
                return OcmfInspection.Run(ReadOcmf(stream));
        }
    }

    /// <summary>The records of an OCMF file, in a container or alone.</summary>
    /// <param name="stream">The file, which can be read twice.</param>
    /// <exception cref="UnreadableFileException">The file is broken.</exception>
    public static IReadOnlyList<OcmfSource> ReadOcmf(Stream stream)
    {
        stream.Position = 0;
        ReadOnlySpan<byte> head = ReadHead(stream);
        stream.Position = 0;
        return BeginsWith(head, "<"u8) ? OcmfContainer.ReadXml(stream) : OcmfContainer.ReadText(stream);
    }

    private static ReadingFormat Detect(ReadOnlySpan<byte> head, Stream stream)
    {
        if (BeginsWith(head, Encoding.ASCII.GetBytes(OcmfContainer.Header)))
        {
            return ReadingFormat.Ocmf;
        }

        if (BeginsWith(head, Encoding.ASCII.GetBytes(ReadingFileParser.Header)))
        {
            return ReadingFormat.Csv;
        }

        if (!BeginsWith(head, "<"u8))
        {
            string what = head.IsEmpty ? "the file is empty" : "the format is not known";
            throw new UnreadableFileException(1, 1, what, Expected);
        }

        stream.Position = 0;
        using XmlCursor xml = new(stream);
        xml.ToRoot();
        return (xml.LocalName, xml.Namespace) switch
        {
            ("feed", GreenButtonReader.Atom) => ReadingFormat.GreenButton,
            ("values", "" or OcmfContainer.SafeNamespace) => ReadingFormat.Ocmf,
            _ => throw xml.Refuse(
                $"the root element {XmlCursor.Shown(xml.LocalName)} in namespace {XmlCursor.Shown(xml.Namespace)} "
                + "is of no known format",
                Expected),
        };
    }

    private static ReadOnlySpan<byte> ReadHead(Stream stream)
    {
        byte[] head = new byte[ReadingsLimits.HeadBytes];
        int read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return head.AsSpan(0, read);
    }

    /// <summary>Past a byte order mark and white space.</summary>
    private static bool BeginsWith(ReadOnlySpan<byte> head, ReadOnlySpan<byte> text)
    {
        head = head.StartsWith(Encoding.UTF8.Preamble) ? head[Encoding.UTF8.Preamble.Length..] : head;
        return head.TrimStart(" \t\r\n"u8).StartsWith(text);
    }
}
