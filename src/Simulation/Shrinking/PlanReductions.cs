using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>All runs that are a step smaller than one: with fewer faults, liars, nodes, epochs, or less time.</summary>
internal static class PlanReductions
{
    private static readonly Duration Shortest = Duration.FromSeconds(1);

    /// <summary>The same run with all that its seed thinks up written out.</summary>
    public static SimulationOptions WrittenOut(SimulationOptions options)
    {
        FaultPlan plan = FaultPlan.ThoughtUp(options);
        return new SimulationOptions
        {
            Seed = options.Seed,
            Protocol = options.Protocol,
            Validators = options.Validators,
            Homes = options.Homes,
            Epochs = options.Epochs,
            Joiners = options.Joiners,
            LivenessLimit = options.LivenessLimit,
            Duration = plan.HealsAt,
            Sabotage = options.Sabotage,
            Faults = plan with
            {
                Timeline = [.. plan.Timeline.Where(fault => fault.At.Micros < plan.HealsAt.Micros)],
            },
        };
    }

    /// <summary>How many are faulty for good beyond what the set tolerates; 0 when liveness is promised.</summary>
    public static int Excess(SimulationOptions options)
    {
        HashSet<int> faulty = [.. options.Faults!.Liars.Select(liar => liar.Node)];
        foreach (FaultEvent fault in options.Faults.Timeline)
        {
            switch (fault)
            {
                case FaultEvent.CutOneWay { IsPermanent: true } cut:
                    faulty.Add(cut.From);
                    break;
                case FaultEvent.FillDisk or FaultEvent.RotDisk or FaultEvent.MisdirectWrite or FaultEvent.Wipe:
                    faulty.Add(FaultNodes.Of(fault)[0]);
                    break;
            }
        }

        return Math.Max(0, faulty.Count - ((options.Validators - 1) / 3));
    }

    /// <param name="options">With its faults written out.</param>
    /// <returns>The greatest steps first.</returns>
    public static IEnumerable<SimulationOptions> Of(SimulationOptions options)
    {
        FaultPlan plan = options.Faults!;
        IEnumerable<FaultPlan> plans = FewerEvents(plan)
            .Concat(FewerLiars(plan)).Concat(BetterWeather(plan)).Concat(LessTime(plan));
        return Smaller(options)
            .Concat(plans.Select(smaller => options with { Faults = smaller, Duration = smaller.HealsAt }))
            .Concat(LessWork(options));
    }

    private static IEnumerable<SimulationOptions> Smaller(SimulationOptions options)
    {
        foreach (int joiners in Fewer(options.Joiners, 0))
        {
            yield return options with { Joiners = joiners };
        }

        int least = Math.Max(1, options.Joiners + 1);
        int[] sizes = [4, .. Fewer(options.Validators, least)];
        foreach (int validators in sizes.Where(size => size >= least && size < options.Validators).Distinct())
        {
            yield return options with
            {
                Validators = validators,
                Faults = FaultNodes.Within(options.Faults!, validators + options.Joiners),
            };
        }
    }

    /// <summary>Halves, quarters … and each event by itself, taken out.</summary>
    private static IEnumerable<FaultPlan> FewerEvents(FaultPlan plan)
    {
        for (int chunk = plan.Timeline.Count; chunk > 0; chunk /= 2)
        {
            for (int at = 0; at < plan.Timeline.Count; at += chunk)
            {
                yield return plan with
                {
                    Timeline = [.. plan.Timeline.Take(at), .. plan.Timeline.Skip(at + chunk)],
                };
            }
        }
    }

    private static IEnumerable<FaultPlan> FewerLiars(FaultPlan plan)
    {
        foreach (LiarPlan liar in plan.Liars)
        {
            yield return plan with { Liars = [.. plan.Liars.Where(other => other != liar)] };
        }

        foreach (LiarPlan liar in plan.Liars.Where(liar => liar.Strategies.Count > 1))
        {
            foreach (Strategy strategy in liar.Strategies)
            {
                LiarPlan simpler = liar with { Strategies = [.. liar.Strategies.Where(other => other != strategy)] };
                yield return plan with { Liars = [.. plan.Liars.Select(other => other == liar ? simpler : other)] };
            }
        }

        foreach (int sybils in Fewer(plan.Sybils, 0))
        {
            yield return plan with { Sybils = sybils };
        }
    }

    private static IEnumerable<FaultPlan> BetterWeather(FaultPlan plan)
    {
        LinkFaults links = plan.Links;
        LinkFaults[] better =
        [
            LinkFaults.None,
            links with { LossPermille = 0 },
            links with { DuplicatePermille = 0 },
            links with { ReorderPermille = 0, ReorderDelay = default },
            links with { MinLatency = LinkFaults.None.MinLatency, MaxLatency = LinkFaults.None.MaxLatency },
        ];
        foreach (LinkFaults faults in better.Where(faults => faults != links))
        {
            yield return plan with { Links = faults };
        }

        if (plan.Disk != DiskFaults.None)
        {
            yield return plan with { Disk = DiskFaults.None };
        }

        int[] wrong = [.. Enumerable.Range(0, plan.Skews.Count).Where(node => plan.Skews[node] != default)];
        if (wrong.Length > 1)
        {
            yield return plan with { Skews = [] };
        }

        foreach (int node in wrong)
        {
            yield return plan with { Skews = [.. plan.Skews.Select((skew, i) => i == node ? default : skew)] };
        }
    }

    /// <summary>The first half only; all twice as fast; nothing after the last fault but a second.</summary>
    private static IEnumerable<FaultPlan> LessTime(FaultPlan plan)
    {
        Duration half = new(plan.HealsAt.Micros / 2);
        if (half.Micros >= Shortest.Micros)
        {
            yield return plan with
            {
                HealsAt = half,
                Timeline = [.. plan.Timeline.Where(fault => fault.At.Micros < half.Micros)],
            };
            yield return plan with
            {
                HealsAt = half,
                Timeline = [.. plan.Timeline.Select(fault => fault with { At = new Duration(fault.At.Micros / 2) })],
            };
        }

        long last = plan.Timeline.Count > 0 ? plan.Timeline[^1].At.Micros : 0;
        Duration end = new(last + Shortest.Micros);
        if (end.Micros < plan.HealsAt.Micros)
        {
            yield return plan with { HealsAt = end };
        }
    }

    private static IEnumerable<SimulationOptions> LessWork(SimulationOptions options)
    {
        foreach (int epochs in Fewer(options.Epochs, 1))
        {
            yield return options with { Epochs = epochs };
        }

        foreach (int homes in Fewer(options.Homes, 2))
        {
            yield return options with { Homes = homes };
        }
    }

    /// <summary>The least, the half, and one less.</summary>
    private static IEnumerable<int> Fewer(int number, int least) =>
        ((int[])[least, number / 2, number - 1]).Where(fewer => fewer >= least && fewer < number).Distinct();
}
