using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace EnergyNode.Node.Setup;

/// <summary>
/// The members of one JSON object. Every member must be taken; <see cref="End"/> refuses those that nobody asked for.
/// Errors name the file and the JSON path.
/// </summary>
internal sealed class JsonFields
{
    private readonly string _file;
    private readonly JsonElement _element;
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    private JsonFields(string file, string path, JsonElement element)
    {
        _file = file;
        Path = path;
        _element = element;
    }

    /// <summary>As <c>$.market</c> or <c>$.accounts[3]</c>.</summary>
    public string Path { get; }

    /// <exception cref="SetupException">The element is no object.</exception>
    public static JsonFields Of(string file, string path, JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
            ? new JsonFields(file, path, element)
            : throw new SetupException($"{file}: {path}", $"is {KindOf(element)}", "write an object { … }");

    public string Text(string name)
    {
        JsonElement value = Take(name);
        return value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw Wrong(name, $"is {KindOf(value)}", "write a text in quotation marks");
    }

    public long Integer(string name, long min, long max)
    {
        JsonElement value = Take(name);
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number)
            && number >= min && number <= max
            ? number
            : throw Wrong(
                name,
                $"is {Show(value)}",
                string.Create(CultureInfo.InvariantCulture, $"write a whole number from {min} to {max}"));
    }

    /// <summary>A number of seconds with up to six decimals, in µs.</summary>
    public long SecondsAsMicros(string name, long maxSeconds)
    {
        JsonElement value = Take(name);
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out decimal seconds)
            && seconds >= 0 && seconds <= maxSeconds)
        {
            decimal micros = seconds * 1_000_000m;
            if (decimal.Truncate(micros) == micros)
            {
                return (long)micros;
            }
        }

        throw Wrong(
            name,
            $"is {Show(value)}",
            string.Create(CultureInfo.InvariantCulture, $"write seconds from 0 to {maxSeconds}, at most six decimals"));
    }

    /// <summary>A text that a parser of the ledger's names and keys takes.</summary>
    public T Parsed<T>(string name, TryParse<T> parse, string remedy)
    {
        string text = Text(name);
        return parse(text, out T value) ? value : throw Wrong(name, $"is '{Printable(text)}'", remedy);
    }

    public JsonFields Object(string name) => Of(_file, $"{Path}.{name}", Take(name));

    public IEnumerable<JsonFields> Objects(string name, int max) =>
        Items(name, max).Select(item => Of(_file, item.Path, item.Element));

    /// <summary>A list of texts, each turned into something.</summary>
    public IEnumerable<T> Texts<T>(string name, int max, TryParse<T> parse, string remedy)
    {
        foreach ((string path, JsonElement element) in Items(name, max))
        {
            string? text = element.ValueKind == JsonValueKind.String ? element.GetString() : null;
            yield return text is not null && parse(text, out T value)
                ? value
                : throw new SetupException($"{_file}: {path}", $"is {Show(element)}", remedy);
        }
    }

    /// <summary>A list whose items are texts or objects, each turned into something.</summary>
    public IEnumerable<T> TextsOrObjects<T>(
        string name, int max, TryParse<T> parse, Func<JsonFields, T> read, string remedy)
    {
        foreach ((string path, JsonElement element) in Items(name, max))
        {
            string? text = element.ValueKind == JsonValueKind.String ? element.GetString() : null;
            yield return element.ValueKind == JsonValueKind.Object ? read(Of(_file, path, element))
                : text is not null && parse(text, out T value) ? value
                : throw new SetupException($"{_file}: {path}", $"is {Show(element)}", remedy);
        }
    }

    /// <summary>Whether the object has a member that may be missing.</summary>
    public bool Has(string name) => _element.TryGetProperty(name, out _);

    /// <summary>Whether a member is null.</summary>
    public bool IsNull(string name) => Take(name).ValueKind == JsonValueKind.Null;

    public bool Flag(string name)
    {
        JsonElement value = Take(name);
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw Wrong(name, $"is {KindOf(value)}", "write true or false");
    }

    /// <summary>An object, or null where the file says null.</summary>
    public JsonFields? ObjectOrNull(string name)
    {
        JsonElement value = Take(name);
        return value.ValueKind == JsonValueKind.Null ? null : Of(_file, $"{Path}.{name}", value);
    }

    /// <exception cref="SetupException">The object has a member that was not taken.</exception>
    public void End()
    {
        foreach (JsonProperty member in _element.EnumerateObject())
        {
            if (!_taken.Contains(member.Name))
            {
                throw Wrong(
                    Printable(member.Name), "is not known", $"remove it; known here: {string.Join(", ", _taken)}");
            }
        }
    }

    public SetupException Wrong(string name, string what, string remedy) =>
        new($"{_file}: {Path}.{name}", what, remedy);

    /// <summary>Text of a file for a message of one line.</summary>
    public static string Printable(string text)
    {
        const int Shown = 80;
        string line = new([.. text.Take(Shown).Select(c => char.IsControl(c) ? '?' : c)]);
        return text.Length > Shown ? line + "…" : line;
    }

    private List<(string Path, JsonElement Element)> Items(string name, int max)
    {
        JsonElement list = Take(name);
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw Wrong(name, $"is {KindOf(list)}", "write a list [ … ]");
        }

        if (list.GetArrayLength() > max)
        {
            throw Wrong(
                name,
                string.Create(CultureInfo.InvariantCulture, $"has {list.GetArrayLength()} entries"),
                string.Create(CultureInfo.InvariantCulture, $"write at most {max}"));
        }

        return [.. list.EnumerateArray().Select((element, index) =>
            (string.Create(CultureInfo.InvariantCulture, $"{Path}.{name}[{index}]"), element))];
    }

    private JsonElement Take(string name)
    {
        _taken.Add(name);
        return _element.TryGetProperty(name, out JsonElement value)
            ? value
            : throw Wrong(name, "is missing", "add it");
    }

    private static string Show(JsonElement value) => value.ValueKind is JsonValueKind.Number or JsonValueKind.String
        ? Printable(value.GetRawText())
        : KindOf(value);

    private static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };
}
