using System.Collections.Generic;
using System.Linq;

namespace EnergyNode.Simulation.Twins;

/// <summary>
/// All scenarios of a cluster up to renaming: honest validators are alike, so of scenarios that differ in their names
/// only, the one with the lowest sequence of choices stands for all.
/// </summary>
public sealed class TwinsGenerator
{
    private readonly TwinsOptions _options;

    /// <summary>For each renaming but the trivial one: what it makes of each choice.</summary>
    private readonly int[][] _renamings;

    public TwinsGenerator(TwinsOptions options)
    {
        options.Check();
        _options = options;
        int honest = options.Validators - options.Twins;
        _renamings =
        [
            .. Permutations([.. Enumerable.Range(options.Twins, honest)])
                .Skip(1)
                .Select(names => Enumerable.Range(0, options.Choices).Select(c => Rename(c, names)).ToArray()),
        ];
    }

    /// <summary>The scenarios that stand for all sequences with codes in a range, by rising code.</summary>
    public IEnumerable<TwinsScenario> Between(ulong first, ulong end)
    {
        int[] choices = new int[_options.Rounds];
        for (ulong code = first; code < end; code++)
        {
            TwinsScenario scenario = new(code);
            if (IsRepresentative(scenario, choices))
            {
                yield return scenario;
            }
        }
    }

    /// <summary>Any scenario, each as likely as another before renaming.</summary>
    internal TwinsScenario Draw(Dice dice)
    {
        ulong code = 0;
        for (int i = 0; i < _options.Rounds; i++)
        {
            code = (code * (ulong)_options.Choices) + (ulong)dice.Between(0, _options.Choices - 1);
        }

        return new TwinsScenario(code);
    }

    private bool IsRepresentative(TwinsScenario scenario, int[] choices)
    {
        ulong rest = scenario.Code;
        for (int i = 0; i < choices.Length; i++)
        {
            choices[i] = (int)(rest % (ulong)_options.Choices);
            rest /= (ulong)_options.Choices;
        }

        foreach (int[] renaming in _renamings)
        {
            foreach (int choice in choices)
            {
                int renamed = renaming[choice];
                if (renamed < choice)
                {
                    return false;
                }

                if (renamed > choice)
                {
                    break;
                }
            }
        }

        return true;
    }

    private int Rename(int choice, int[] honestNames)
    {
        int leader = NewName(choice % _options.Validators, honestNames);
        int old = (choice / _options.Validators) << 1;
        int renamed = 0;
        for (int replica = 0; replica < _options.Replicas; replica++)
        {
            renamed |= ((old >> replica) & 1) << NewName(replica, honestNames);
        }

        // Replica 0 names part 0.
        int parts = (renamed & 1) == 0 ? renamed : ~renamed & ((1 << _options.Replicas) - 1);
        return ((parts >> 1) * _options.Validators) + leader;
    }

    private int NewName(int replica, int[] honestNames) =>
        replica >= _options.Twins && replica < _options.Validators ? honestNames[replica - _options.Twins] : replica;

    private static IEnumerable<int[]> Permutations(int[] items)
    {
        if (items.Length <= 1)
        {
            yield return items;
            yield break;
        }

        for (int i = 0; i < items.Length; i++)
        {
            int[] rest = [.. items[..i], .. items[(i + 1)..]];
            foreach (int[] tail in Permutations(rest))
            {
                yield return [items[i], .. tail];
            }
        }
    }
}
