using System;
using System.Collections.Generic;
using System.Globalization;
using EnergyNode.Actors.Configuration;
using EnergyNode.Ledger;
using EnergyNode.Node.Cli;
using EnergyNode.Node.Setup;

namespace EnergyNode.Node.Client;

/// <summary>Named words that somebody typed, turned into the ledger's types one by one.</summary>
/// <param name="values">By name; null for one that was left out.</param>
internal sealed class Words(IReadOnlyDictionary<string, string?> values)
{
    private const string NameForm = "write a name of 1 to 32 characters of A-Z a-z 0-9 . _ -";

    public bool Has(string name) => values.GetValueOrDefault(name) is not null;

    /// <exception cref="CommandFailedException">It is no whole number of the range.</exception>
    public long Number(string name, long min, long max) =>
        long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            && number >= min && number <= max
            ? number
            : throw Wrong(
                name, string.Create(CultureInfo.InvariantCulture, $"write a whole number from {min} to {max}"));

    /// <summary>A time span in whole µs, such as <c>90s</c>, <c>15m</c> or <c>7d</c>.</summary>
    /// <exception cref="CommandFailedException">It is no such span, or longer than the longest.</exception>
    public Duration Span(string name, Duration longest) =>
        HoconUnits.TryParseDuration(Text(name), out TimeSpan span)
            && span.Ticks % TimeSpan.TicksPerMicrosecond == 0
            && span.Ticks / TimeSpan.TicksPerMicrosecond <= longest.Micros
            ? new Duration(span.Ticks / TimeSpan.TicksPerMicrosecond)
            : throw Wrong(
                name,
                "write a time such as 90s, 15m or 7d, at most "
                + HoconUnits.Format(TimeSpan.FromMicroseconds(longest.Micros)));

    public Price Price(string name) => new(Number(name, 0, Limits.MaxPriceMicroPerKwh));

    public AccountId Account(string name) => Parsed<AccountId>(name, AccountId.TryParse, NameForm);

    public BookId Book(string name) => Parsed<BookId>(name, BookId.TryParse, NameForm);

    public Label Label(string name) => Parsed<Label>(name, Ledger.Label.TryParse, NameForm);

    public Height Block(string name) => new(Number(name, 1, long.MaxValue));

    public PublicKey Key(string name) =>
        Parsed<PublicKey>(name, PublicKey.TryParse, "write a public key of 64 hexadecimal digits");

    /// <summary>One of an enumeration's words in camel case.</summary>
    public T Word<T>(string name, string remedy)
        where T : struct, Enum => Parsed<T>(name, GenesisReader.TryParseWord, remedy);

    /// <exception cref="CommandFailedException">The parser does not take it.</exception>
    public T Parsed<T>(string name, TryParse<T> parse, string remedy) =>
        parse(Text(name), out T value) ? value : throw Wrong(name, remedy);

    public string Text(string name) =>
        values.GetValueOrDefault(name)
        ?? throw new CommandFailedException(ExitCodes.Usage, $"{name} is missing, add it");

    private CommandFailedException Wrong(string name, string remedy) =>
        new(ExitCodes.Usage, $"{name} '{JsonFields.Printable(Text(name))}': {remedy}");
}
