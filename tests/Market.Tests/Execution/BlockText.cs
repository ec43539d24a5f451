using System;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>
/// The word of block orders: <c>block A buy|sell ZONE QUALITY FIRST EPOCHS LIMIT WH</c>.
/// </summary>
internal static class BlockText
{
    /// <summary>Null when the first word is none of these.</summary>
    public static Command? Parse(string[] words) => words[0] != "block" ? null : new Command.PlaceBlockOrder(
        AccountId.Parse(words[1]),
        Label.Parse(words[3]),
        Enum.Parse<EnergyQuality>(words[4], ignoreCase: true),
        words[2] == "buy" ? Side.Buy : Side.Sell,
        new EpochIndex(CommandText.Number(words[5])),
        CommandText.Number(words[6]),
        new Price(CommandText.Number(words[7])),
        new WattHours(CommandText.Number(words[8])));
}
