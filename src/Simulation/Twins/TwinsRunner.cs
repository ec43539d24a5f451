using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace EnergyNode.Simulation.Twins;

/// <summary>Runs many scenarios, on several threads, with one result whatever their number.</summary>
public sealed class TwinsRunner(TwinsOptions options, int jobs)
{
    /// <summary>More failures are counted and not told.</summary>
    public const int MaxFailures = 20;

    /// <summary>Scenarios or codes that a thread takes at a time.</summary>
    private const ulong Portion = 4_096;

    private readonly TwinsCluster _cluster = new(options);

    /// <summary>Every scenario, up to renaming of the honest.</summary>
    /// <param name="onProgress">Gets the share that is done, in permille, now and then, from any thread.</param>
    public TwinsReport RunAll(Action<int>? onProgress = null)
    {
        TwinsGenerator generator = new(options);
        ulong end = (ulong)options.Sequences;
        ulong portions = (end + Portion - 1) / Portion;
        return Run(portions, p => generator.Between(p * Portion, Math.Min(end, (p + 1) * Portion)), onProgress);
    }

    /// <summary>A sample by chance; every portion of it has its own stream.</summary>
    public TwinsReport RunSample(ulong seed, ulong count, Action<int>? onProgress = null)
    {
        TwinsGenerator generator = new(options);
        ulong portions = (count + Portion - 1) / Portion;
        return Run(
            portions,
            p =>
            {
                Dice dice = new(seed + p, "twins");
                int size = (int)Math.Min(Portion, count - (p * Portion));
                return Enumerable.Range(0, size).Select(_ => generator.Draw(dice));
            },
            onProgress);
    }

    /// <summary>One scenario again.</summary>
    public TwinsReport RunOne(TwinsScenario scenario) => Run(1, _ => [scenario], onProgress: null);

    private TwinsReport Run(
        ulong portions, Func<ulong, IEnumerable<TwinsScenario>> scenariosOf, Action<int>? onProgress)
    {
        Tally total = new();
        Lock gate = new();
        ulong done = 0;
        Parallel.For(
            0L,
            (long)portions,
            new ParallelOptions { MaxDegreeOfParallelism = jobs },
            portion =>
            {
                Tally tally = new();
                foreach (TwinsScenario scenario in scenariosOf((ulong)portion))
                {
                    tally.Add(scenario, _cluster.Run(scenario));
                }

                lock (gate)
                {
                    total.Add(tally);
                    done++;
                    onProgress?.Invoke((int)(done * 1_000 / portions));
                }
            });
        return total.Report();
    }

    private sealed class Tally
    {
        private readonly List<(TwinsScenario Scenario, string Text, bool IsFork)> _failures = [];
        private long _scenarios;
        private long _forks;
        private long _stalls;
        private long _steps;
        private ulong _digest;

        public void Add(TwinsScenario scenario, TwinsOutcome outcome)
        {
            _scenarios++;
            _steps += outcome.Steps;
            _digest = unchecked(_digest + outcome.Fingerprint);
            _forks += outcome.Fork is null ? 0 : 1;
            _stalls += outcome.Stall is null ? 0 : 1;
            if ((outcome.Fork ?? outcome.Stall) is { } text)
            {
                Keep((scenario, text, outcome.Fork is not null));
            }
        }

        public void Add(Tally other)
        {
            _scenarios += other._scenarios;
            _steps += other._steps;
            _digest = unchecked(_digest + other._digest);
            _forks += other._forks;
            _stalls += other._stalls;
            other._failures.ForEach(Keep);
        }

        public TwinsReport Report() => new(_scenarios, _failures, _forks, _stalls, _digest, _steps);

        private void Keep((TwinsScenario Scenario, string Text, bool IsFork) failure)
        {
            _failures.Add(failure);
            _failures.Sort((a, b) => a.Scenario.Code.CompareTo(b.Scenario.Code));
            if (_failures.Count > MaxFailures)
            {
                _failures.RemoveAt(MaxFailures);
            }
        }
    }
}
