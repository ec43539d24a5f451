using System.Globalization;
using System.Text;

namespace EnergyNode.Pbm;

/// <summary>Text from a node as it may be shown. A value with an escape sequence in it could otherwise rewrite the
/// screen, and one with a line feed could fake a row.</summary>
internal static class TerminalText
{
    /// <summary>Controls and invisible format characters become <c>\uXXXX</c>, as JSON writes them, too.</summary>
    public static string Sanitise(string text, bool keepLineBreaks = false)
    {
        StringBuilder? result = null;
        int index = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool visible = IsVisible(rune) || (keepLineBreaks && rune.Value is '\n' or '\r');
            if (!visible)
            {
                result ??= new StringBuilder(text, 0, index, text.Length + 16);
                for (int i = 0; i < rune.Utf16SequenceLength; i++)
                {
                    result.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[index + i]:x4}");
                }
            }
            else if (result is not null)
            {
                result.Append(rune.ToString());
            }

            index += rune.Utf16SequenceLength;
        }

        return result?.ToString() ?? text;
    }

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator);
}
