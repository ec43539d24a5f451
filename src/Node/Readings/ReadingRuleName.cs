using System.Text;

namespace EnergyNode.Node.Readings;

/// <summary>The names of rules in output.</summary>
internal static class ReadingRuleName
{
    /// <summary><c>OutOfOrder</c> is <c>out-of-order</c>.</summary>
    public static string Of(ReadingRule rule)
    {
        StringBuilder name = new();
        foreach (char letter in rule.ToString())
        {
            if (char.IsUpper(letter) && name.Length > 0)
            {
                name.Append('-');
            }

            name.Append(char.ToLowerInvariant(letter));
        }

        return name.ToString();
    }
}
