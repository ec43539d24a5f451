using System;
using System.Linq;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>
/// Words about keys: <c>rotate A KEY</c>, <c>revokekey A</c>, <c>circle A KIND THRESHOLD SECONDS B C …</c>, <c>operate
/// MEMBER ACCOUNT SECONDS COMMAND …</c> (valid until 1,800,000,000 plus the seconds), <c>vote VOTER A KEY yes</c>.
/// </summary>
internal static class KeyText
{
    /// <summary>Null when the first word is none of these.</summary>
    public static Command? Parse(string[] words) => words[0] switch
    {
        "rotate" => new Command.RotateKey(Account(words[1]), MarketFixture.Key(words[2])),
        "revokekey" => new Command.RevokeKey(Account(words[1])),
        "circle" => new Command.SetCircle(
            Account(words[1]),
            Enum.Parse<CircleKind>(words[2], ignoreCase: true),
            (int)CommandText.Number(words[3]),
            Seconds(words[4]),
            [.. words.Skip(5).Select(Account)]),
        "operate" => new Command.ApproveOperation(
            Account(words[1]),
            Account(words[2]),
            new Instant(1_800_000_000_000_000 + Seconds(words[3]).Micros),
            CommandText.Parse(string.Join(' ', words.Skip(4)))),
        "vote" => new Command.VoteRecovery(
            Account(words[1]), Account(words[2]), MarketFixture.Key(words[3]), words[4] == "yes"),
        _ => null,
    };

    private static AccountId Account(string name) => AccountId.Parse(name);

    private static Duration Seconds(string text) => Duration.FromSeconds(CommandText.Number(text));
}
