using EnergyNode.Ledger;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>
/// Words of deviations and corrections: <c>correct M EPOCH VERSION USED MADE [KEY]</c>, <c>deviation SHORT LONG</c>,
/// where a price may be <c>none</c>; <c>fees SAMEFEEDER SAMEZONE</c>; <c>prepay A 5</c>.
/// </summary>
internal static class SettlementText
{
    /// <summary>Null when the first word is none of these.</summary>
    public static Command? Parse(string[] words) => words[0] switch
    {
        "correct" => new Command.CorrectReading(ReadingCorrection.Sign(
            MarketFixture.Chain,
            MeterId.Parse(words[1]),
            new EpochIndex(CommandText.Number(words[2])),
            CommandText.Number(words[3]),
            new WattHours(CommandText.Number(words[4])),
            new WattHours(CommandText.Number(words[5])),
            new KeyedSigner("meter-" + (words.Length > 6 ? words[6] : words[1])))),
        "deviation" => new Command.SetDeviationPrices(PriceOf(words[1]), PriceOf(words[2])),
        "fees" => new Command.SetDistanceFees(
            new Price(CommandText.Number(words[1])), new Price(CommandText.Number(words[2]))),
        "prepay" => new Command.PrepayOracle(AccountId.Parse(words[1]), new Money(CommandText.Number(words[2]))),
        _ => null,
    };

    internal static Price? PriceOf(string text) => text == "none" ? null : new Price(CommandText.Number(text));
}
