using System;
using System.Collections.Generic;

namespace EnergyNode.Actors.Configuration;

/// <summary>Reads one text into a tree; recursive descent over the grammar of HOCON.</summary>
/// <param name="cursor">The text.</param>
/// <param name="includes">Reads included files.</param>
/// <param name="prefix">The path under which this file is included; empty for the first file.</param>
internal sealed class HoconReader(HoconCursor cursor, HoconIncludes includes, IReadOnlyList<string> prefix)
{
    public HoconNode.Tree ReadFile()
    {
        HoconOrigin start = cursor.Here;
        cursor.SkipBlank();
        if (cursor.Current == '[')
        {
            throw cursor.Fail("the top level must be an object, not a list; write key = [ … ]");
        }

        if (cursor.Current != '{')
        {
            HoconNode.Tree bare = new(start);
            ReadFields(bare, prefix, opening: null);
            return bare;
        }

        HoconNode.Tree root = ReadObject(prefix);
        cursor.SkipBlank();
        return cursor.AtEnd
            ? root
            : throw cursor.Fail($"nothing may follow the closing '}}', found {cursor.Found()}; remove it");
    }

    /// <summary>Reads a text that is one value, such as that of an environment variable.</summary>
    public HoconNode ReadSingleValue()
    {
        cursor.SkipBlank();
        HoconNode value = ReadValue(prefix);
        cursor.SkipBlank();
        return cursor.AtEnd ? value : throw cursor.Fail($"nothing may follow the value, found {cursor.Found()}");
    }

    private HoconNode.Tree ReadObject(IReadOnlyList<string> path)
    {
        HoconOrigin opening = cursor.Here;
        CheckDepth(path.Count, opening);
        cursor.Advance();
        HoconNode.Tree tree = new(opening);
        ReadFields(tree, path, opening);
        return tree;
    }

    private void ReadFields(HoconNode.Tree tree, IReadOnlyList<string> path, HoconOrigin? opening)
    {
        while (true)
        {
            cursor.SkipBlank();
            if (cursor.AtEnd)
            {
                if (opening is { } open)
                {
                    throw new HoconException(open, "'{' is never closed; add '}'");
                }

                return;
            }

            if (cursor.Current == '}')
            {
                if (opening is null)
                {
                    throw cursor.Fail("'}' closes nothing; remove it or add '{' before");
                }

                cursor.Advance();
                return;
            }

            ReadField(tree, path);
            ReadSeparator('}');
        }
    }

    private void ReadField(HoconNode.Tree tree, IReadOnlyList<string> path)
    {
        HoconOrigin origin = cursor.Here;
        bool quoted = cursor.Current == '"';
        List<string> key = ReadPath();
        cursor.SkipSpaces();
        if (!quoted && key is ["include"] && cursor.Current is not ('=' or ':' or '{' or '+'))
        {
            tree.MergeFrom(includes.Read(ReadIncludeName(), origin, path));
            return;
        }

        List<string> full = [.. path, .. key];
        CheckDepth(full.Count, origin);
        HoconNode value = ReadAssignment(full);
        Place(tree, path, key, value, origin);
    }

    private HoconNode ReadAssignment(List<string> path)
    {
        HoconOrigin origin = cursor.Here;
        if (cursor.StartsWith("+="))
        {
            cursor.Advance(2);
            SkipToValue(path);
            return new HoconNode.Append(ReadValue(path), origin);
        }

        if (cursor.Current is '=' or ':')
        {
            cursor.Advance();
            SkipToValue(path);
            return ReadValue(path);
        }

        string found = cursor.Found();
        cursor.SkipBlank();
        return cursor.Current == '{'
            ? ReadValue(path)
            : throw new HoconException(
                origin, $"'=', ':', '+=' or '{{' is expected after the key {HoconText.Path(path)}, found {found}");
    }

    private void SkipToValue(List<string> path)
    {
        HoconOrigin origin = cursor.Here;
        bool lineEnded = cursor.SkipBlank();
        if (cursor.AtEndOfValue || (lineEnded && cursor.Current is not ('{' or '[')))
        {
            throw new HoconException(
                origin, $"{HoconText.Path(path)} has no value; write one, or null to leave it unset");
        }
    }

    /// <summary>Puts the value at a dotted key, with an object for every element but the last.</summary>
    internal static void Place(
        HoconNode.Tree tree, IReadOnlyList<string> path, IReadOnlyList<string> key, HoconNode value, HoconOrigin origin)
    {
        string fullPath = HoconText.Path(path);
        HoconNode.Tree current = tree;
        for (int i = 0; i < key.Count; i++)
        {
            fullPath = HoconText.Join(fullPath, key[i]);
            HoconNode.Field field = current.GetOrAdd(key[i], fullPath, origin);
            if (i == key.Count - 1)
            {
                field.Assign(value);
                return;
            }

            field.Assign(new HoconNode.Tree(origin));
            current = (HoconNode.Tree)field.Values[^1];
        }
    }

    private HoconNode ReadValue(IReadOnlyList<string> path)
    {
        HoconOrigin origin = cursor.Here;
        List<HoconNode> pieces = [];
        while (!cursor.AtEndOfValue)
        {
            pieces.Add(ReadPiece(path));
        }

        if (pieces is [.., HoconNode.Scalar { Quoted: false } last])
        {
            pieces[^1] = new HoconNode.Scalar(last.Text.TrimEnd(), quoted: false, last.Origin);
            if (pieces.Count > 1 && last.IsBlank)
            {
                pieces.RemoveAt(pieces.Count - 1);
            }
        }

        return pieces.Count switch
        {
            0 => throw cursor.Fail($"a value is expected here, found {cursor.Found()}"),
            1 => pieces[0],
            _ => new HoconNode.Concatenation(pieces, origin),
        };
    }

    private HoconNode ReadPiece(IReadOnlyList<string> path)
    {
        HoconOrigin origin = cursor.Here;
        switch (cursor.Current)
        {
            case '{':
                return ReadObject(path);
            case '[':
                return ReadList(path);
            case '"':
                return new HoconNode.Scalar(cursor.ReadQuoted(), quoted: true, origin);
            case '$' when cursor.StartsWith("${"):
                return ReadSubstitution();
            default:
                return new HoconNode.Scalar(cursor.ReadUnquoted(), quoted: false, origin);
        }
    }

    private HoconNode.List ReadList(IReadOnlyList<string> path)
    {
        HoconOrigin opening = cursor.Here;
        List<string> inner = [.. path, "[]"];
        CheckDepth(inner.Count, opening);
        cursor.Advance();
        List<HoconNode> items = [];
        while (true)
        {
            cursor.SkipBlank();
            if (cursor.AtEnd)
            {
                throw new HoconException(opening, "'[' is never closed; add ']'");
            }

            if (cursor.Current == ']')
            {
                cursor.Advance();
                return new HoconNode.List(items, opening);
            }

            items.Add(ReadValue(inner));
            ReadSeparator(']');
        }
    }

    private HoconNode.Substitution ReadSubstitution()
    {
        HoconOrigin origin = cursor.Here;
        cursor.Advance(2);
        bool optional = cursor.Current == '?';
        cursor.Advance(optional ? 1 : 0);
        cursor.SkipSpaces();
        List<string> path = ReadPath();
        cursor.SkipSpaces();
        if (cursor.Current != '}')
        {
            throw new HoconException(origin, "the substitution is not closed; write ${path} or ${?path}");
        }

        cursor.Advance();
        return new HoconNode.Substitution(path, prefix, optional, origin);
    }

    private List<string> ReadPath()
    {
        List<string> path = [];
        while (true)
        {
            HoconOrigin origin = cursor.Here;
            string element = cursor.Current == '"' ? cursor.ReadQuoted() : cursor.ReadKeyElement();
            if (element.Length > ConfigurationLimits.MaxKeyLength)
            {
                throw new HoconException(
                    origin, $"the key has more than {ConfigurationLimits.MaxKeyLength} characters; shorten it");
            }

            path.Add(element);
            if (cursor.Current != '.')
            {
                return path;
            }

            cursor.Advance();
        }
    }

    private string ReadIncludeName()
    {
        foreach (string form in (ReadOnlySpan<string>)["required(file(", "required(", "file("])
        {
            if (cursor.StartsWith(form))
            {
                cursor.Advance(form.Length);
                string name = ReadIncludeQuoted();
                string closing = form == "required(file(" ? "))" : ")";
                if (!cursor.StartsWith(closing))
                {
                    throw cursor.Fail($"'{closing}' is expected after the name of the file");
                }

                cursor.Advance(closing.Length);
                return name;
            }
        }

        return ReadIncludeQuoted();
    }

    private string ReadIncludeQuoted() => cursor.Current == '"'
        ? cursor.ReadQuoted()
        : throw cursor.Fail("include needs a file name in quotation marks; write include \"other.hocon\"");

    /// <summary>After a field or an item: the end of the line, one comma, or the closing bracket.</summary>
    private void ReadSeparator(char closing)
    {
        bool lineEnded = cursor.SkipBlank();
        if (cursor.Current == ',')
        {
            cursor.Advance();
            cursor.SkipBlank();
            if (cursor.Current == ',')
            {
                throw cursor.Fail("two commas follow each other; remove one");
            }
        }
        else if (!lineEnded && !cursor.AtEnd && cursor.Current != closing)
        {
            throw cursor.Fail($"a new line, ',' or '{closing}' is expected here, found {cursor.Found()}");
        }
    }

    private static void CheckDepth(int depth, HoconOrigin origin)
    {
        if (depth >= ConfigurationLimits.MaxDepth)
        {
            throw new HoconException(
                origin, $"the value is nested deeper than {ConfigurationLimits.MaxDepth} levels; make it flatter");
        }
    }
}
