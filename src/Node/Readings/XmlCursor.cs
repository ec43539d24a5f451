using System;
using System.IO;
using System.Text;
using System.Xml;

namespace EnergyNode.Node.Readings;

/// <summary>
/// Walks an XML file once, forwards. Document types are refused, so that there are no entities to expand or to fetch;
/// depth, attributes, text and size are limited; every refusal names its place.
/// </summary>
internal sealed class XmlCursor : IDisposable
{
    private const int ShownChars = 40;
    private const string BrokenRemedy = "give the whole file as it was exported";

    private readonly GuardedText _guard;
    private readonly XmlReader _reader;
    private readonly char[] _text = new char[256];

    /// <param name="stream">Is left open.</param>
    public XmlCursor(Stream stream)
    {
        XmlReaderSettings settings = new()
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            MaxCharactersFromEntities = 1_024,
        };
        _guard = new GuardedText(stream);
        _reader = XmlReader.Create(_guard, settings);
    }

    public int Line => ((IXmlLineInfo)_reader).LineNumber;

    public string LocalName => _reader.LocalName;

    public string Namespace => _reader.NamespaceURI;

    public void Dispose()
    {
        _reader.Dispose();
        _guard.Dispose();
    }

    /// <summary>Goes to the root element.</summary>
    /// <exception cref="UnreadableFileException">There is none.</exception>
    public void ToRoot()
    {
        while (Advance())
        {
            if (_reader.NodeType == XmlNodeType.Element)
            {
                return;
            }
        }

        throw Refuse("the file has no root element", BrokenRemedy);
    }

    /// <summary>Reads on to the end, so that a file that is broken behind its root is refused as well.</summary>
    public void ToEnd()
    {
        while (Advance())
        {
        }
    }

    /// <summary>
    /// Whether this is the element. The same name in another namespace is refused: a reading that is passed over in
    /// silence would be worse.
    /// </summary>
    public bool Is(string localName, string namespaceUri)
    {
        if (_reader.LocalName != localName)
        {
            return false;
        }

        if (_reader.NamespaceURI == namespaceUri)
        {
            return true;
        }

        throw Refuse(
            $"{localName} is in {NamespaceText(_reader.NamespaceURI)}", $"it belongs in {NamespaceText(namespaceUri)}");
    }

    public string? Attribute(string name) => _reader.GetAttribute(name);

    public XmlScope Enter() => new(_reader.Depth, _reader.IsEmptyElement);

    /// <summary>Goes to the next child element; what the last one still holds is passed over.</summary>
    /// <returns>False at the end of the scope.</returns>
    public bool NextChild(XmlScope scope)
    {
        while (!scope.IsEmpty && Advance())
        {
            if (_reader.NodeType == XmlNodeType.Element && _reader.Depth == scope.Depth + 1)
            {
                return true;
            }

            if (_reader.NodeType == XmlNodeType.EndElement && _reader.Depth == scope.Depth)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>The text of this element, which has no elements within.</summary>
    /// <param name="limit">The most characters it may have.</param>
    public string ReadText(int limit)
    {
        XmlScope scope = Enter();
        string name = _reader.LocalName;
        StringBuilder text = new();
        while (!scope.IsEmpty && Advance() && _reader.NodeType != XmlNodeType.EndElement)
        {
            if (_reader.NodeType == XmlNodeType.Element)
            {
                throw Refuse($"{name} holds the element {Shown(_reader.LocalName)}", "it should hold text only");
            }

            AppendText(text, name, limit);
        }

        return text.ToString();
    }

    public UnreadableFileException Refuse(string what, string remedy)
    {
        IXmlLineInfo place = (IXmlLineInfo)_reader;
        return new UnreadableFileException(
            Math.Max(1, place.LineNumber), Math.Max(1, place.LinePosition), what, remedy);
    }

    /// <summary>Text of the file for a message: cut, and without what cannot be printed.</summary>
    public static string Shown(string text)
    {
        StringBuilder shown = new("'");
        foreach (char letter in text.AsSpan(0, Math.Min(text.Length, ShownChars)))
        {
            shown.Append(letter is >= ' ' and < '\u007F' ? letter : '?');
        }

        return shown.Append(text.Length > ShownChars ? "…'" : "'").ToString();
    }

    private static string NamespaceText(string uri) => uri.Length == 0 ? "no namespace" : $"namespace {Shown(uri)}";

    private void AppendText(StringBuilder text, string name, int limit)
    {
        int read;
        while ((read = ReadChunk()) > 0)
        {
            text.Append(_text, 0, read);
            if (text.Length > limit)
            {
                throw Refuse($"{name} has more than {limit} characters", "shorten it");
            }
        }
    }

    private bool Advance()
    {
        try
        {
            if (!_reader.Read())
            {
                return false;
            }
        }
        catch (XmlException error)
        {
            throw Broken(error);
        }

        if (_reader.Depth > ReadingsLimits.MaxDepth)
        {
            throw Refuse($"elements lie more than {ReadingsLimits.MaxDepth} deep", "this is no file of readings");
        }

        if (_reader.AttributeCount > ReadingsLimits.MaxAttributes)
        {
            throw Refuse(
                $"an element has more than {ReadingsLimits.MaxAttributes} attributes", "this is no file of readings");
        }

        return true;
    }

    private int ReadChunk()
    {
        try
        {
            return _reader.ReadValueChunk(_text, 0, _text.Length);
        }
        catch (XmlException error)
        {
            throw Broken(error);
        }
    }

    private UnreadableFileException Broken(XmlException error)
    {
        if (error.LineNumber == 0 && _guard.Doctype is { } place)
        {
            return new UnreadableFileException(
                place.Line, place.Column, "the file has a document type (DTD)", "remove it: entities are not read");
        }

        string what = error.Message.ReplaceLineEndings(" ");
        int end = what.LastIndexOf(" Line ", StringComparison.Ordinal);
        what = (end < 0 ? what : what[..end]).TrimEnd('.');
        return new UnreadableFileException(
            Math.Max(1, error.LineNumber), Math.Max(1, error.LinePosition), $"the XML is broken: {what}", BrokenRemedy);
    }
}
