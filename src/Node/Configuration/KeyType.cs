using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EnergyNode.Actors.Configuration;

namespace EnergyNode.Node.Configuration;

/// <summary>What a key takes: reads a value, checks its range, and shows it again as HOCON.</summary>
public abstract record KeyType
{
    private KeyType()
    {
    }

    /// <summary>For people: <c>duration</c>, <c>size</c> …</summary>
    public abstract string Name { get; }

    /// <summary>The values allowed, for people; empty when the name says it all.</summary>
    public virtual string Range => "";

    /// <exception cref="HoconException">The value has another type or is out of range.</exception>
    internal abstract object Read(HoconValue value, string path);

    internal virtual string Show(object value) => HoconText.Quote((string)value);

    /// <summary>One of a few words, in any case.</summary>
    /// <param name="Options">The words that are honoured.</param>
    /// <param name="Refused">Words that Akka.NET knows and that are refused, with the reason.</param>
    public sealed record Choice(IReadOnlyList<string> Options, IReadOnlyDictionary<string, string> Refused) : KeyType
    {
        public Choice(params string[] options)
            : this(options, new Dictionary<string, string>())
        {
        }

        public override string Name => "word";

        public override string Range => string.Join(", ", Options);

        internal override object Read(HoconValue value, string path)
        {
            string text = HoconTyped.Text(value, path);
            if (Refused.TryGetValue(text, out string? reason))
            {
                throw new HoconException(value.Origin, $"{path} = {text} is not offered: {reason}");
            }

            string expected = Options.Count == 1 ? Options[0] : "one of " + Range;
            return Options.FirstOrDefault(o => string.Equals(o, text, StringComparison.OrdinalIgnoreCase))
                ?? throw HoconTyped.Mismatch(value, path, expected);
        }

        internal override string Show(object value) => (string)value;
    }

    public sealed record Integer(long Min, long Max) : KeyType
    {
        public override string Name => "integer";

        public override string Range => string.Create(CultureInfo.InvariantCulture, $"{Min} … {Max}");

        internal override object Read(HoconValue value, string path) => HoconTyped.Integer(value, path, Min, Max);

        internal override string Show(object value) => ((long)value).ToString(CultureInfo.InvariantCulture);
    }

    public sealed record Number(decimal Min, decimal Max) : KeyType
    {
        public override string Name => "number";

        public override string Range => string.Create(CultureInfo.InvariantCulture, $"{Min} … {Max}");

        internal override object Read(HoconValue value, string path)
        {
            decimal number = HoconTyped.Number(value, path);
            return number >= Min && number <= Max
                ? number
                : throw HoconTyped.Mismatch(value, path, "a number from " + Range.Replace("…", "to"));
        }

        internal override string Show(object value) =>
            ((decimal)value).ToString("0.0###", CultureInfo.InvariantCulture);
    }

    public sealed record Duration(TimeSpan Min, TimeSpan Max) : KeyType
    {
        public override string Name => "duration";

        public override string Range => $"{HoconUnits.Format(Min)} … {HoconUnits.Format(Max)}";

        internal override object Read(HoconValue value, string path)
        {
            TimeSpan duration = HoconTyped.Duration(value, path);
            return duration >= Min && duration <= Max
                ? duration
                : throw HoconTyped.Mismatch(value, path, "a duration from " + Range.Replace("…", "to"));
        }

        internal override string Show(object value) => HoconUnits.Format((TimeSpan)value);
    }

    /// <summary>Bytes.</summary>
    public sealed record Size(long Min, long Max) : KeyType
    {
        public override string Name => "size";

        public override string Range => $"{HoconUnits.FormatSize(Min)} … {HoconUnits.FormatSize(Max)}";

        internal override object Read(HoconValue value, string path)
        {
            long bytes = HoconTyped.Size(value, path);
            return bytes >= Min && bytes <= Max
                ? bytes
                : throw HoconTyped.Mismatch(value, path, "a size from " + Range.Replace("…", "to"));
        }

        internal override string Show(object value) => HoconUnits.FormatSize((long)value);
    }

    /// <summary>A file or directory, relative to the directory of the configuration file.</summary>
    public sealed record FilePath(bool MayBeEmpty) : KeyType
    {
        public override string Name => "path";

        internal override object Read(HoconValue value, string path)
        {
            string text = HoconTyped.Text(value, path);
            return (text.Length > 0 || MayBeEmpty) && !text.Contains('\0', StringComparison.Ordinal)
                ? text
                : throw HoconTyped.Mismatch(value, path, "the path of a file or directory");
        }
    }

    public sealed record Host(bool MayBeEmpty) : KeyType
    {
        public override string Name => "host";

        public override string Range => "name or IP address" + (MayBeEmpty ? ", or empty" : "");

        internal override object Read(HoconValue value, string path)
        {
            string text = HoconTyped.Text(value, path);
            return NodeAddress.IsHost(text) || (text.Length == 0 && MayBeEmpty)
                ? text
                : throw HoconTyped.Mismatch(value, path, "a host name or an IP address");
        }
    }

    /// <summary>Short names, each once.</summary>
    public sealed record Names : KeyType
    {
        public override string Name => "list of names";

        public override string Range => $"at most {ConfigurationBounds.MaxRoles}";

        internal override object Read(HoconValue value, string path)
        {
            IReadOnlyList<string> names = HoconTyped.Texts(value, path);
            return names.Count <= ConfigurationBounds.MaxRoles && names.All(ConfigurationBounds.IsName)
                ? names
                : throw new HoconException(
                    value.Origin,
                    $"{path} must be at most {ConfigurationBounds.MaxRoles} names of {ConfigurationBounds.NameForm}");
        }

        internal override string Show(object value) => ShowTexts((IReadOnlyList<string>)value);
    }

    public sealed record Addresses : KeyType
    {
        private const string Form = "\"akka.tcp://energy-node@host:port\" or \"host:port\"";

        public override string Name => "list of addresses";

        public override string Range => $"at most {ConfigurationBounds.MaxPeers}";

        internal override object Read(HoconValue value, string path)
        {
            IReadOnlyList<HoconValue> items = HoconTyped.Array(value, path).Items;
            if (items.Count > ConfigurationBounds.MaxPeers)
            {
                throw new HoconException(
                    value.Origin, $"{path} must be at most {ConfigurationBounds.MaxPeers} addresses");
            }

            NodeAddress[] addresses = new NodeAddress[items.Count];
            for (int i = 0; i < addresses.Length; i++)
            {
                string item = HoconTyped.Indexed(path, i);
                addresses[i] = NodeAddress.TryParseSeed(HoconTyped.Text(items[i], item), out NodeAddress address)
                    ? address
                    : throw HoconTyped.Mismatch(items[i], item, Form);
            }

            return addresses;
        }

        internal override string Show(object value) =>
            ShowTexts(((IReadOnlyList<NodeAddress>)value).Select(a => a.ToString()));
    }

    public sealed record Peers : KeyType
    {
        public override string Name => "list of peers";

        public override string Range => $"at most {ConfigurationBounds.MaxPeers}";

        internal override object Read(HoconValue value, string path) => PeerList.Read(value, path);

        internal override string Show(object value) => PeerList.Show((IReadOnlyList<PeerEntry>)value);
    }

    private static string ShowTexts(IEnumerable<string> texts) =>
        "[" + string.Join(", ", texts.Select(HoconText.Quote)) + "]";
}
