using System;
using System.Collections.Generic;

namespace EnergyNode.Pbm;

/// <summary>Finds the word that a mistyped one was meant to be.</summary>
internal static class Suggestion
{
    private const int MaxWordLength = 64;

    /// <summary>The nearest candidate: one it abbreviates, or one a third of its letters (two at least) away.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > MaxWordLength)
        {
            return null;
        }

        string? best = null;
        int bestDistance = Math.Max(2, word.Length / 3) + 1;
        foreach (string candidate in candidates)
        {
            bool abbreviated = word.Length >= 2 && candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase);
            int distance = abbreviated ? 1 : Distance(word.ToLowerInvariant(), candidate);
            if (distance < bestDistance && distance < candidate.Length)
            {
                best = candidate;
                bestDistance = distance;
            }
        }

        return best;
    }

    /// <summary>The end of an error: "; did you mean 'x'?" or what is there instead.</summary>
    public static string Phrase(string word, IReadOnlyCollection<string> candidates, string otherwise) =>
        Nearest(word, candidates) is { } nearest ? $"did you mean '{nearest}'?" : otherwise;

    // Insertions, deletions, replacements and swaps of neighbours, each one step (optimal string alignment).
    private static int Distance(string a, string b)
    {
        int[,] steps = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            steps[i, 0] = i;
        }

        for (int j = 0; j <= b.Length; j++)
        {
            steps[0, j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = steps[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                steps[i, j] = Math.Min(replace, Math.Min(steps[i - 1, j], steps[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    steps[i, j] = Math.Min(steps[i, j], steps[i - 2, j - 2] + 1);
                }
            }
        }

        return steps[a.Length, b.Length];
    }
}
