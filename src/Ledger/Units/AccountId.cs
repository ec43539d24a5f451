using System;

namespace EnergyNode.Ledger;

/// <summary>The name of an account, unique on its chain.</summary>
public readonly record struct AccountId(Label Name) : IComparable<AccountId>
{
    /// <exception cref="FormatException">The text is not a label.</exception>
    public static AccountId Parse(string text) => new(Label.Parse(text));

    public static bool TryParse(string? text, out AccountId id)
    {
        bool valid = Label.TryParse(text, out Label name);
        id = new AccountId(name);
        return valid;
    }

    public int CompareTo(AccountId other) => Name.CompareTo(other.Name);

    public override string ToString() => Name.ToString();
}
