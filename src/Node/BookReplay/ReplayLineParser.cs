using System;
using System.Text.Json;

namespace EnergyNode.Node.BookReplay;

/// <summary>Reads one line: a JSON object, UTF-8.</summary>
internal static class ReplayLineParser
{
    /// <returns>The reason to reject the line, or null.</returns>
    public static string? Parse(ReadOnlySpan<byte> line, out ReplayRequest request)
    {
        request = default;
        ReplayFields fields = default;
        string? reason = null;
        try
        {
            Utf8JsonReader reader = new(line);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return ReplayReasons.Malformed;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string? wrong = fields.Read(ref reader);
                reason ??= wrong;
                if (wrong is not null)
                {
                    reader.Skip();
                }
            }

            // Reading on finds what stands after the object.
            reader.Read();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escape in a name or word is half a surrogate pair.
            return ReplayReasons.Malformed;
        }

        return reason ?? fields.ToRequest(out request);
    }
}
