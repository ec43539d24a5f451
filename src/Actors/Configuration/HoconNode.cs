using System;
using System.Collections.Generic;

namespace EnergyNode.Actors.Configuration;

/// <summary>A value as it was written, before substitution.</summary>
internal abstract class HoconNode
{
    private HoconNode(HoconOrigin origin) => Origin = origin;

    public HoconOrigin Origin { get; }

    public sealed class Scalar(string text, bool quoted, HoconOrigin origin) : HoconNode(origin)
    {
        public string Text { get; } = text;

        public bool Quoted { get; } = quoted;

        public bool IsBlank => !Quoted && string.IsNullOrWhiteSpace(Text);
    }

    public sealed class List(IReadOnlyList<HoconNode> items, HoconOrigin origin) : HoconNode(origin)
    {
        public IReadOnlyList<HoconNode> Items { get; } = items;
    }

    /// <summary>Fields in the order in which they were first written.</summary>
    public sealed class Tree(HoconOrigin origin) : HoconNode(origin)
    {
        private readonly Dictionary<string, Field> _byName = new(StringComparer.Ordinal);

        public List<Field> Fields { get; } = [];

        public Field? Find(string name) => _byName.GetValueOrDefault(name);

        public Field GetOrAdd(string name, string path, HoconOrigin origin)
        {
            if (!_byName.TryGetValue(name, out Field? field))
            {
                field = new Field(name, path);
                _byName.Add(name, field);
                Fields.Add(field);
            }

            field.Origin = origin;
            return field;
        }

        public void MergeFrom(Tree later)
        {
            foreach (Field field in later.Fields)
            {
                Field own = GetOrAdd(field.Name, field.Path, field.Origin);
                foreach (HoconNode value in field.Values)
                {
                    own.Assign(value);
                }
            }
        }
    }

    /// <summary>Neighbours on one line, such as <c>${a}"/"b</c> or <c>${defaults} { x = 1 }</c>.</summary>
    public sealed class Concatenation(IReadOnlyList<HoconNode> pieces, HoconOrigin origin) : HoconNode(origin)
    {
        public IReadOnlyList<HoconNode> Pieces { get; } = pieces;
    }

    /// <param name="path">The path as it was written.</param>
    /// <param name="prefix">The path under which the file that holds the substitution was included.</param>
    /// <param name="optional">Whether it was written with a question mark.</param>
    /// <param name="origin">Where it was written.</param>
    public sealed class Substitution(
        IReadOnlyList<string> path, IReadOnlyList<string> prefix, bool optional, HoconOrigin origin)
        : HoconNode(origin)
    {
        public IReadOnlyList<string> Path { get; } = path;

        public IReadOnlyList<string> Prefix { get; } = prefix;

        public bool Optional { get; } = optional;
    }

    /// <summary>The value of a <c>+=</c>: one more item of the list that the field was before.</summary>
    public sealed class Append(HoconNode item, HoconOrigin origin) : HoconNode(origin)
    {
        public HoconNode Item { get; } = item;
    }

    /// <summary>A key with everything that was assigned to it, and the state of its resolution.</summary>
    public sealed class Field(string name, string path)
    {
        public string Name { get; } = name;

        public string Path { get; } = path;

        public HoconOrigin Origin { get; set; }

        public List<HoconNode> Values { get; } = [];

        /// <summary>Index of the assignment that is being resolved; -1 when none is.</summary>
        public int Cursor { get; set; } = -1;

        public bool Resolved { get; set; }

        public HoconValue? Result { get; set; }

        /// <summary>
        /// The value after each assignment, by index. Without it, a chain of <c>x = ${x}${x}</c> would take 2ⁿ steps.
        /// </summary>
        public Dictionary<int, HoconValue?> Results { get; } = [];

        /// <summary>
        /// Objects merge; a scalar hides what was there. All else may refer to its earlier value and so keeps it.
        /// </summary>
        public void Assign(HoconNode value)
        {
            if (value is Tree tree && Values.Count > 0 && Values[^1] is Tree last)
            {
                last.MergeFrom(tree);
                return;
            }

            if (value is Scalar)
            {
                Values.Clear();
            }

            Values.Add(value);
        }
    }
}
