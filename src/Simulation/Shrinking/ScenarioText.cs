using System;
using System.Globalization;
using System.Linq;
using System.Text;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>A run as a scenario file, which the program <c>chaos</c> runs again (docs/simulation.md).</summary>
public static class ScenarioText
{
    /// <param name="name">Of the scenario; letters, digits and hyphens.</param>
    /// <param name="description">One line.</param>
    /// <param name="options">With its faults written out.</param>
    public static string Of(string name, string description, SimulationOptions options)
    {
        FaultPlan plan = options.Faults!;
        StringBuilder text = new("scenario {\n");
        Line(text, $"name = {name}");
        Line(text, $"description = {Quoted(description)}");
        Line(text, $"seed = {options.Seed}");
        Line(text, $"protocol = {options.Protocol.Word()}");
        Line(text, $"validators = {options.Validators}");
        if (options.Joiners > 0)
        {
            Line(text, $"joiners = {options.Joiners}");
        }

        if (plan.Sybils > 0)
        {
            Line(text, $"sybils = {plan.Sybils}");
        }

        AddLiars(text, plan);
        Line(text, $"workload {{ homes = {options.Homes}, epochs = {options.Epochs} }}");
        Line(text, $"{Links(plan.Links)}");
        Line(text, $"disk {{ fsync = [{Time(plan.Disk.MinFsync)}, {Time(plan.Disk.MaxFsync)}] }}");
        AddClocks(text, plan);
        if (plan.Timeline.Count > 0)
        {
            Line(text, $"timeline = [");
            foreach (FaultEvent fault in plan.Timeline)
            {
                Line(text, $"  {{ at = {Time(fault.At)}, {Words(fault)} }}");
            }

            Line(text, $"]");
        }

        Line(text, $"heals-at = {Time(plan.HealsAt)}");
        Line(text, $"expect {{ recovers-within = {Time(options.LivenessLimit)} }}");
        return text.Append("}\n").ToString();
    }

    private static void AddLiars(StringBuilder text, FaultPlan plan)
    {
        if (plan.Liars.Count == 0)
        {
            return;
        }

        Line(text, $"liars = [");
        foreach (LiarPlan liar in plan.Liars)
        {
            string words = string.Join(", ", liar.Strategies.Select(strategy => strategy.Word()));
            Line(text, $"  {{ node = {liar.Node + 1}, strategies = [{words}] }}");
        }

        Line(text, $"]");
    }

    private static void AddClocks(StringBuilder text, FaultPlan plan)
    {
        if (plan.Skews.All(skew => skew == default))
        {
            return;
        }

        Line(text, $"clocks = [");
        for (int i = 0; i < plan.Skews.Count; i++)
        {
            (Duration offset, int drift) = (plan.Skews[i].Offset, plan.Skews[i].DriftPpm);
            if (plan.Skews[i] != default)
            {
                string word = offset.Micros < 0 ? "behind" : "ahead";
                string by = Time(new Duration(Math.Abs(offset.Micros)));
                Line(text, $"  {{ node = {i + 1}, {word} = {by}, drift-ppm = {drift} }}");
            }
        }

        Line(text, $"]");
    }

    private static string Words(FaultEvent fault) => fault switch
    {
        FaultEvent.Crash e => $"crash = {Node(e.Node)}",
        FaultEvent.Restart e => $"restart = {Node(e.Node)}",
        FaultEvent.Pause e => $"pause {{ node = {Node(e.Node)}, for = {Time(e.For)} }}",
        FaultEvent.FillDisk e => $"fill-disk = {Node(e.Node)}",
        FaultEvent.RotDisk e => $"rot = {Node(e.Node)}",
        FaultEvent.MisdirectWrite e => $"misdirect = {Node(e.Node)}",
        FaultEvent.Wipe e => $"wipe = {Node(e.Node)}",
        FaultEvent.Isolate e => $"isolate = {Node(e.Node)}",
        FaultEvent.Partition e => "partition = ["
            + string.Join(", ", e.Groups.Select(group => $"[{string.Join(", ", group.Select(Node))}]")) + "]",
        FaultEvent.CutOneWay { IsPermanent: true } e =>
            $"cut {{ from = {Node(e.From)}, to = {Node(e.To)}, permanent = true }}",
        FaultEvent.CutOneWay e => $"cut {{ from = {Node(e.From)}, to = {Node(e.To)} }}",
        FaultEvent.Heal => "heal = true",
        FaultEvent.SetLinks e => Links(e.Links),
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    private static string Links(LinkFaults links) =>
        $"links {{ latency = [{Time(links.MinLatency)}, {Time(links.MaxLatency)}], loss = {Rate(links.LossPermille)}, "
        + $"duplicates = {Rate(links.DuplicatePermille)}, reordering = {Rate(links.ReorderPermille)}, "
        + $"reordering-delay = {Time(links.ReorderDelay)} }}";

    private static string Node(int node) =>
        node == FaultEvent.Leader ? "leader" : (node + 1).ToString(CultureInfo.InvariantCulture);

    private static string Rate(int permille) => (permille / 1_000m).ToString(CultureInfo.InvariantCulture);

    private static string Time(Duration time)
    {
        (long number, string unit) = time.Micros switch
        {
            long micros when micros % Instant.MicrosPerSecond == 0 => (micros / Instant.MicrosPerSecond, "s"),
            long micros when micros % 1_000 == 0 => (micros / 1_000, "ms"),
            _ => (time.Micros, "us"),
        };
        return number.ToString(CultureInfo.InvariantCulture) + unit;
    }

    private static string Quoted(string text) =>
        "\"" + text.Replace('\\', '/').Replace('"', '\'').ReplaceLineEndings(" ") + "\"";

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append("  ").Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
