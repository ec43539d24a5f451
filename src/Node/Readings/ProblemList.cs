using System.Collections.Generic;
using System.Linq;

namespace EnergyNode.Node.Readings;

/// <summary>
/// Collects the problems of one file: the first <see cref="ReadingsLimits.MaxListedProblems"/> of each rule, and how
/// many more there are.
/// </summary>
internal sealed class ProblemList
{
    private readonly List<ReadingProblem> _listed = [];
    private readonly SortedDictionary<ReadingRule, (long Count, int LastLine)> _counts = [];

    public bool IsEmpty => _counts.Count == 0;

    /// <summary>All of them, listed or not.</summary>
    public long Count => _counts.Values.Sum(static rule => rule.Count);

    public void Add(int line, ReadingRule rule, string text)
    {
        long before = _counts.TryGetValue(rule, out (long Count, int LastLine) known) ? known.Count : 0;
        _counts[rule] = (before + 1, line);
        if (before < ReadingsLimits.MaxListedProblems)
        {
            _listed.Add(new ReadingProblem(line, rule, text));
        }
    }

    /// <summary>In the order of the lines; what is not listed is summed up at the end.</summary>
    public IReadOnlyList<ReadingProblem> ToList()
    {
        List<ReadingProblem> ordered = [.. _listed.OrderBy(static problem => problem.Line)];
        foreach ((ReadingRule rule, (long count, int lastLine)) in _counts)
        {
            if (count > ReadingsLimits.MaxListedProblems)
            {
                long more = count - ReadingsLimits.MaxListedProblems;
                ordered.Add(new ReadingProblem(lastLine, rule, $"and {more} more, the last one here"));
            }
        }

        return ordered;
    }
}
