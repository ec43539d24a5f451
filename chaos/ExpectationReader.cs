using System.Collections.Generic;
using EnergyNode.Actors.Configuration;
using EnergyNode.Ledger;

namespace EnergyNode.Chaos;

/// <summary>Reads what a scenario expects beyond the promises that always hold.</summary>
internal static class ExpectationReader
{
    private const string Blocks = "blocks-at-least";
    private const string Evidence = "evidence-at-least";
    private const string FalseAccusations = "false-accusations";
    private const string Detected = "detected-within";
    private const string Isolated = "isolated-within";
    private const string Rounds = "committed-within-rounds";
    private const string Forks = "detected-forks-at-least";
    private const string Stops = "loud-stops-at-least";
    private const string Level = "level-within";
    private const string Between = "block-between";
    private const string NotBetween = "no-block-between";

    public static IReadOnlyList<string> Keys { get; } =
        [Blocks, Between, NotBetween, Evidence, FalseAccusations, Detected, Isolated, Rounds, Forks, Stops, Level];

    public static List<Expectation> Read(StrictSection expect)
    {
        List<Expectation> expectations = [];
        AddNumbers(expect, expectations);
        if (expect.Has(Detected))
        {
            expectations.Add(new Expectation.DetectedWithin(expect.Time(Detected)));
        }

        if (expect.Has(Isolated))
        {
            expectations.Add(new Expectation.IsolatedWithin(expect.Time(Isolated)));
        }

        if (expect.Has(Level))
        {
            expectations.Add(new Expectation.LevelWithin(expect.Time(Level)));
        }

        foreach (HoconValue span in expect.Items(Between))
        {
            (Duration from, Duration to) = StrictSection.Range(span, Between);
            expectations.Add(new Expectation.BlockBetween(from, to));
        }

        foreach (HoconValue span in expect.Items(NotBetween))
        {
            (Duration from, Duration to) = StrictSection.Range(span, NotBetween);
            expectations.Add(new Expectation.NoBlockBetween(from, to));
        }

        return expectations;
    }

    private static void AddNumbers(StrictSection expect, List<Expectation> expectations)
    {
        if (expect.Has(Blocks))
        {
            expectations.Add(new Expectation.BlocksAtLeast(Number(expect, Blocks)));
        }

        if (expect.Has(Evidence))
        {
            expectations.Add(new Expectation.EvidenceAtLeast(Number(expect, Evidence)));
        }

        if (expect.Has(FalseAccusations))
        {
            // Any is a broken promise already; the key says so in the file.
            expectations.Add(new Expectation.FalseAccusations(expect.Integer(FalseAccusations, 0, 0, 0)));
        }

        if (expect.Has(Rounds))
        {
            expectations.Add(new Expectation.CommittedWithinRounds(Number(expect, Rounds)));
        }

        if (expect.Has(Forks))
        {
            expectations.Add(new Expectation.DetectedForksAtLeast(Number(expect, Forks)));
        }

        if (expect.Has(Stops))
        {
            expectations.Add(new Expectation.LoudStopsAtLeast(Number(expect, Stops)));
        }
    }

    private static int Number(StrictSection expect, string key) => expect.Integer(key, 0, 0, int.MaxValue);
}
