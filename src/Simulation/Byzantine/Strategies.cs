using System;
using System.Collections.Generic;

namespace EnergyNode.Simulation;

/// <summary>The strategies as people write them.</summary>
public static class Strategies
{
    private static readonly (Strategy Strategy, string Word)[] Words =
    [
        (Strategy.Equivocate, "equivocate"),
        (Strategy.DoubleVote, "double-vote"),
        (Strategy.Amnesia, "amnesia"),
        (Strategy.Withhold, "withhold"),
        (Strategy.Delay, "delay"),
        (Strategy.Invalid, "invalid"),
        (Strategy.Replay, "replay"),
        (Strategy.Flood, "flood"),
        (Strategy.Censor, "censor"),
        (Strategy.LieInViewChange, "lie-view-change"),
        (Strategy.LieInSync, "lie-sync"),
        (Strategy.LieToClients, "lie-clients"),
        (Strategy.Mutate, "mutate"),
        (Strategy.Silent, "silent"),
    ];

    /// <summary>All, in the order of <see cref="Strategy"/>.</summary>
    public static IReadOnlyList<Strategy> All { get; } = Array.ConvertAll(Words, static entry => entry.Strategy);

    /// <summary>All words, separated by commas.</summary>
    public static string AllWords { get; } = string.Join(", ", Array.ConvertAll(Words, static entry => entry.Word));

    public static string Word(this Strategy strategy) => Words[(int)strategy].Word;

    /// <summary>Takes exactly the words that <see cref="Word"/> gives.</summary>
    public static bool TryParse(string text, out Strategy strategy)
    {
        foreach ((Strategy candidate, string word) in Words)
        {
            if (word == text)
            {
                strategy = candidate;
                return true;
            }
        }

        strategy = default;
        return false;
    }
}
