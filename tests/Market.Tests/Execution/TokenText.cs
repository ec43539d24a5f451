using EnergyNode.Ledger;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>
/// Words about tokens: <c>approve A SPENDER 5</c>, <c>from SPENDER A B 5</c>, <c>mint A 5</c>, <c>burn A 5</c>,
/// <c>bind A LIMIT PERIOD LOCKFROM DELAY</c> (seconds), <c>unlock A ID</c>.
/// </summary>
internal static class TokenText
{
    /// <summary>Null when the first word is none of these.</summary>
    public static Command? Parse(string[] words) => words[0] switch
    {
        "approve" => new Command.Approve(Account(words[1]), Account(words[2]), Tokens(words[3])),
        "from" => new Command.TransferFrom(
            Account(words[1]), Account(words[2]), Account(words[3]), Tokens(words[4])),
        "mint" => new Command.Mint(Account(words[1]), Tokens(words[2])),
        "burn" => new Command.Burn(Account(words[1]), Tokens(words[2])),
        "bind" => new Command.SetSpendingPolicy(
            Account(words[1]),
            new SpendingTerms(Tokens(words[2]), Seconds(words[3]), Tokens(words[4]), Seconds(words[5]))),
        "unlock" => new Command.CancelTransfer(Account(words[1]), new TransferId(CommandText.Number(words[2]))),
        _ => null,
    };

    private static AccountId Account(string name) => AccountId.Parse(name);

    private static Grid Tokens(string text) => new(CommandText.Number(text));

    private static Duration Seconds(string text) =>
        text is "min" or "max"
            ? new Duration(CommandText.Number(text))
            : Duration.FromSeconds(CommandText.Number(text));
}
