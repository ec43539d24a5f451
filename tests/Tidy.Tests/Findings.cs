using System.Collections.Generic;
using Xunit;

namespace EnergyNode.Tidy.Tests;

internal static class Findings
{
    /// <summary>Fails with all of them, one a line.</summary>
    public static void ExpectNone(IReadOnlyCollection<string> findings) =>
        Assert.True(findings.Count == 0, string.Join('\n', findings));
}
