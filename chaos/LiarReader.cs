using System.Collections.Generic;
using EnergyNode.Actors.Configuration;
using EnergyNode.Simulation;

namespace EnergyNode.Chaos;

/// <summary>
/// Reads who lies: a number of them, whom the seed picks, with the strategies of all; or each by its number.
/// </summary>
internal static class LiarReader
{
    private const string Count = "byzantine";
    private const string Shared = "strategies";
    private const string Named = "liars";

    public static IReadOnlyList<LiarPlan> Read(StrictSection scenario, SimulationOptions options)
    {
        int tolerated = (options.Validators - 1) / 3;
        if (scenario.Has(Named))
        {
            if (scenario.Has(Count) || scenario.Has(Shared))
            {
                throw new HoconException(
                    scenario.Value(Named).Origin, $"{Named} says all; take {Count} and {Shared} out");
            }

            return Each(scenario, options.Validators, tolerated);
        }

        if (scenario.Has(Shared) && !scenario.Has(Count))
        {
            throw new HoconException(
                scenario.Value(Shared).Origin, $"{Shared} need liars; say how many with {Count}");
        }

        return FaultPlan.ThoughtUp(options with
        {
            Faults = null,
            Kinds = FaultKinds.None,
            Byzantine = scenario.Integer(Count, 0, 0, tolerated),
            Strategies = scenario.Has(Shared) ? Strategies(scenario.Value(Shared)) : [],
        }).Liars;
    }

    private static List<LiarPlan> Each(StrictSection scenario, int validators, int tolerated)
    {
        List<LiarPlan> liars = [];
        HashSet<int> seen = [];
        foreach (HoconValue item in scenario.Items(Named))
        {
            StrictSection liar = new(HoconTyped.Object(item, Named), "a liar", "node", Shared);
            int node = liar.Integer("node", 0, 1, validators);
            if (node == 0 || !liar.Has(Shared))
            {
                throw new HoconException(liar.Origin, $"a liar needs the number of its node and {Shared}; add both");
            }

            if (!seen.Add(node))
            {
                throw new HoconException(liar.Origin, $"node {node} lies twice; name it once");
            }

            liars.Add(new LiarPlan(node - 1, Strategies(liar.Value(Shared))));
        }

        return liars.Count <= tolerated
            ? liars
            : throw new HoconException(
                scenario.Value(Named).Origin,
                $"{liars.Count} liars are too many: {validators} validators tolerate {tolerated}; name fewer");
    }

    private static List<Strategy> Strategies(HoconValue value)
    {
        List<Strategy> strategies = [];
        foreach (HoconValue item in HoconTyped.Array(value, Shared).Items)
        {
            string word = HoconTyped.Text(item, Shared);
            if (!Simulation.Strategies.TryParse(word, out Strategy strategy))
            {
                throw new HoconException(
                    item.Origin, $"no strategy is called '{word}'; there are {Simulation.Strategies.AllWords}");
            }

            if (strategies.Contains(strategy))
            {
                throw new HoconException(item.Origin, $"{Shared} names '{word}' twice; once is enough");
            }

            strategies.Add(strategy);
        }

        return strategies.Count > 0
            ? strategies
            : throw new HoconException(value.Origin, $"{Shared} is empty; name some, or leave it out for any");
    }
}
