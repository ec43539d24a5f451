using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace EnergyNode.Actors.Configuration;

/// <summary>Writes texts and key paths so that the reader reads them back unchanged.</summary>
public static class HoconText
{
    /// <summary>The text between quotation marks, with the escapes of JSON.</summary>
    public static string Quote(string text)
    {
        StringBuilder quoted = new("\"", text.Length + 2);
        foreach (char c in text)
        {
            switch (c)
            {
                case '"':
                    quoted.Append("\\\"");
                    break;
                case '\\':
                    quoted.Append(@"\\");
                    break;
                case '\n':
                    quoted.Append("\\n");
                    break;
                case '\r':
                    quoted.Append("\\r");
                    break;
                case '\t':
                    quoted.Append("\\t");
                    break;
                case < ' ':
                    quoted.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    quoted.Append(c);
                    break;
            }
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Elements joined by dots; an element that contains a special character is quoted.</summary>
    public static string Path(IEnumerable<string> elements)
    {
        StringBuilder path = new();
        foreach (string element in elements)
        {
            path.Append(path.Length == 0 ? "" : ".").Append(IsPlain(element) ? element : Quote(element));
        }

        return path.ToString();
    }

    /// <summary>The value as one line of HOCON.</summary>
    public static string Render(HoconValue value)
    {
        StringBuilder text = new();
        Append(text, value);
        return text.ToString();
    }

    internal static string Join(string path, string element) =>
        path.Length == 0 ? Path([element]) : path + "." + Path([element]);

    private static void Append(StringBuilder text, HoconValue value)
    {
        switch (value)
        {
            case HoconScalar scalar:
                text.Append(scalar.Quoted ? Quote(scalar.Text) : scalar.Text);
                break;
            case HoconArray array:
                text.Append('[');
                for (int i = 0; i < array.Items.Count; i++)
                {
                    text.Append(i == 0 ? "" : ", ");
                    Append(text, array.Items[i]);
                }

                text.Append(']');
                break;
            case HoconObject tree:
                text.Append('{');
                for (int i = 0; i < tree.Fields.Count; i++)
                {
                    text.Append(i == 0 ? " " : ", ").Append(Path([tree.Fields[i].Name])).Append(" = ");
                    Append(text, tree.Fields[i].Value);
                }

                text.Append(" }");
                break;
        }
    }

    private static bool IsPlain(string element)
    {
        foreach (char c in element)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
            {
                return false;
            }
        }

        return element.Length > 0;
    }
}
