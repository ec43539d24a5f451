using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace EnergyNode.Actors.Configuration;

/// <summary>Replaces substitutions and concatenations by values. Each field is resolved once, on demand.</summary>
internal sealed class HoconResolver(HoconNode.Tree root, IReadOnlyDictionary<string, string> environment)
{
    private readonly List<HoconNode.Field> _waiting = [];
    private int _depth;

    public HoconObject Resolve() => ResolveTree(root);

    private HoconObject ResolveTree(HoconNode.Tree tree)
    {
        List<HoconField> fields = new(tree.Fields.Count);
        foreach (HoconNode.Field field in tree.Fields)
        {
            if (ResolveField(field) is { } value)
            {
                fields.Add(new HoconField(field.Name, field.Origin, value));
            }
        }

        return new HoconObject(fields, tree.Origin);
    }

    private HoconValue? ResolveField(HoconNode.Field field)
    {
        if (!field.Resolved)
        {
            _waiting.Add(field);
            field.Result = ResolveUpTo(field, field.Values.Count - 1);
            field.Resolved = true;
            _waiting.RemoveAt(_waiting.Count - 1);
        }

        return field.Result;
    }

    /// <summary>The value after the assignments 0 … <paramref name="index"/>; null when there is none.</summary>
    private HoconValue? ResolveUpTo(HoconNode.Field field, int index)
    {
        if (index < 0)
        {
            return null;
        }

        if (field.Results.TryGetValue(index, out HoconValue? known))
        {
            return known;
        }

        if (++_depth > ConfigurationLimits.MaxResolutionDepth)
        {
            throw new HoconException(
                field.Values[index].Origin,
                $"{field.Path} takes more than {ConfigurationLimits.MaxResolutionDepth} substitutions; use fewer");
        }

        int outer = field.Cursor;
        field.Cursor = index;
        HoconNode node = field.Values[index];
        HoconValue? value = node is HoconNode.Append append
            ? Append(field, ResolveUpTo(field, index - 1), append)
            : ResolveNode(node);
        if (value is null)
        {
            value = ResolveUpTo(field, index - 1);
        }
        else if (index > 0 && value is HoconObject later && ResolveUpTo(field, index - 1) is HoconObject earlier)
        {
            value = Merge(earlier, later);
        }

        field.Cursor = outer;
        field.Results.Add(index, value);
        _depth--;
        return value;
    }

    private HoconValue? ResolveNode(HoconNode node)
    {
        switch (node)
        {
            case HoconNode.Scalar scalar:
                return new HoconScalar(scalar.Text, scalar.Quoted, scalar.Origin);
            case HoconNode.Tree tree:
                return ResolveTree(tree);
            case HoconNode.Substitution substitution:
                return Substitute(substitution);
            case HoconNode.Concatenation concatenation:
                return Concatenate(concatenation);
            case HoconNode.List list:
                return new HoconArray([.. list.Items.Select(ResolveNode).OfType<HoconValue>()], list.Origin);
            default:
                throw new HoconException(node.Origin, "'+=' is possible on a key only; write key += value");
        }
    }

    private HoconArray Append(HoconNode.Field field, HoconValue? earlier, HoconNode.Append append)
    {
        IReadOnlyList<HoconValue> before = earlier switch
        {
            null or HoconScalar { IsNull: true } => [],
            HoconArray array => array.Items,
            _ => throw HoconTyped.Mismatch(earlier, field.Path, "a list, because '+=' adds to it"),
        };
        HoconValue? item = ResolveNode(append.Item);
        return new HoconArray(item is null ? before : [.. before, item], append.Origin);
    }

    private HoconValue? Substitute(HoconNode.Substitution substitution)
    {
        // A file that is included below a key may mean its own root or the including one (HOCON, "Include semantics").
        HoconValue? value = null;
        if (substitution.Prefix.Count > 0)
        {
            value = Lookup([.. substitution.Prefix, .. substitution.Path], substitution);
        }

        value ??= Lookup(substitution.Path, substitution);
        if (value is not null)
        {
            return value;
        }

        string name = HoconText.Path(substitution.Path);
        if (environment.TryGetValue(string.Join('.', substitution.Path), out string? text))
        {
            return new HoconScalar(text, quoted: true, HoconOrigin.EnvironmentVariable(name));
        }

        return substitution.Optional
            ? null
            : throw new HoconException(
                substitution.Origin,
                $"${{{name}}} has no value; set {name}, or write ${{?{name}}} if it may be absent");
    }

    private HoconValue? Lookup(IReadOnlyList<string> path, HoconNode.Substitution substitution)
    {
        HoconNode.Tree tree = root;
        for (int i = 0; i < path.Count; i++)
        {
            if (tree.Find(path[i]) is not { } field)
            {
                return null;
            }

            // An object without other assignments is entered unresolved, so that its fields may refer to one another.
            if (i < path.Count - 1 && field.Values is [HoconNode.Tree inner])
            {
                tree = inner;
                continue;
            }

            HoconValue? value = ResolveReferred(field, substitution);
            for (int j = i + 1; j < path.Count; j++)
            {
                value = (value as HoconObject)?.FindField(path[j])?.Value;
            }

            return value;
        }

        return null;
    }

    private HoconValue? ResolveReferred(HoconNode.Field field, HoconNode.Substitution substitution)
    {
        if (field.Cursor < 0)
        {
            return ResolveField(field);
        }

        if (ReferenceEquals(_waiting[^1], field))
        {
            HoconValue? earlier = ResolveUpTo(field, field.Cursor - 1);
            if (earlier is not null || substitution.Optional)
            {
                return earlier;
            }
        }

        IEnumerable<string> circle =
            _waiting.SkipWhile(f => !ReferenceEquals(f, field)).Append(field).Select(f => f.Path);
        throw new HoconException(
            substitution.Origin, $"the substitution is a circle ({string.Join(" → ", circle)}); break it");
    }

    private HoconValue? Concatenate(HoconNode.Concatenation concatenation)
    {
        List<HoconValue> values = [];
        foreach (HoconNode piece in concatenation.Pieces)
        {
            if (ResolveNode(piece) is { } value)
            {
                values.Add(value);
            }
        }

        if (values.All(v => v is HoconScalar))
        {
            return values.All(IsBlank) ? null : JoinTexts(values, concatenation.Origin);
        }

        values.RemoveAll(IsBlank);
        HoconValue joined = values[0];
        foreach (HoconValue next in values.Skip(1))
        {
            joined = (joined, next) switch
            {
                (HoconObject earlier, HoconObject later) => Merge(earlier, later),
                (HoconArray first, HoconArray second) =>
                    new HoconArray([.. first.Items, .. second.Items], concatenation.Origin),
                _ => throw new HoconException(
                    concatenation.Origin,
                    $"{joined.Describe()} and {next.Describe()} cannot be joined; separate them by ',' or a new line"),
            };
        }

        return joined;
    }

    private static bool IsBlank(HoconValue value) =>
        value is HoconScalar { Quoted: false } scalar && string.IsNullOrWhiteSpace(scalar.Text);

    private static HoconScalar JoinTexts(List<HoconValue> values, HoconOrigin origin)
    {
        StringBuilder text = new();
        foreach (HoconScalar scalar in values.Cast<HoconScalar>())
        {
            text.Append(scalar.Text);
        }

        return new HoconScalar(text.ToString(), quoted: true, origin);
    }

    private static HoconObject Merge(HoconObject earlier, HoconObject later)
    {
        List<HoconField> fields = new(earlier.Fields.Count + later.Fields.Count);
        foreach (HoconField field in earlier.Fields)
        {
            HoconField? over = later.FindField(field.Name);
            fields.Add((field.Value, over?.Value) switch
            {
                (_, null) => field,
                (HoconObject a, HoconObject b) => over! with { Value = Merge(a, b) },
                _ => over!,
            });
        }

        fields.AddRange(later.Fields.Where(f => earlier.FindField(f.Name) is null));
        return new HoconObject(fields, later.Origin);
    }
}
