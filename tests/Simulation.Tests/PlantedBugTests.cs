using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EnergyNode.Chaos.Bugs;
using Xunit;

namespace EnergyNode.Simulation.Tests;

/// <summary>The files of planted bugs; whether the bugs are caught is what <c>chaos bugs run</c> shows.</summary>
public sealed class PlantedBugTests
{
    private const string Good =
        """
        # a comment
        why: it would be wrong
        file: src/A.cs
        caught-by: test tests/A.Tests Some
        caught-by: sim --seed 7
        <<<<
            a();
        ====
            b();
        >>>>
        """;

    private static string Repository { get; } = ScratchCopy.FindRepository(AppContext.BaseDirectory)!;

    [Fact]
    public void Every_planted_bug_still_fits_its_source_exactly_once()
    {
        IReadOnlyList<PlantedBug> bugs = PlantedBug.ReadAll(Path.Combine(Repository, "chaos", "planted"));
        Assert.NotEmpty(bugs);
        Assert.Empty(bugs
            .Where(bug => bug.PlantInto(File.ReadAllText(Path.Combine(Repository, bug.File))) is null)
            .Select(bug => $"{bug.Name} does not fit {bug.File}"));
        Assert.Empty(bugs
            .SelectMany(bug => bug.Catchers)
            .Where(catcher => !Directory.Exists(Path.Combine(Repository, catcher.Project)))
            .Select(catcher => catcher.Text));
    }

    /// <summary>The table is made by <c>chaos bugs table</c>; a new bug is named until it is measured.</summary>
    [Fact]
    public void The_documentation_says_of_every_bug_what_catches_it_or_that_it_is_not_measured()
    {
        string text = File.ReadAllText(Path.Combine(Repository, "docs", "planted-bugs.md"));
        string[] documented =
        [
            .. text.ReplaceLineEndings("\n").Split('\n')
                .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
                .Where(cells => cells.Length == 5 && cells[1] is not ("bug" or "---"))
                .Select(cells => $"{cells[1]}: {cells[2]}"),
        ];
        IReadOnlyList<PlantedBug> bugs = PlantedBug.ReadAll(Path.Combine(Repository, "chaos", "planted"));

        Assert.Empty(bugs.Where(bug => !text.Contains(bug.Name, StringComparison.Ordinal)).Select(bug => bug.Name));
        Assert.Empty(documented.Except(bugs.SelectMany(
            bug => bug.Catchers.Select(catcher => $"{bug.Name}: {BugTable.Short(catcher.Text)}"))));
    }

    [Fact]
    public void The_table_takes_the_last_word_on_each_bug()
    {
        const string First = """
            {"verdicts":[{"name":"b","caughtBy":null,"runSeconds":1.2},{"name":"old","caughtBy":"sim","runSeconds":1}]}
            """;
        const string Second = """
            {"verdicts":[{"name":"b","caughtBy":"test tests/A.Tests X","runSeconds":2.1},
            {"name":"a","caughtBy":null,"runSeconds":0.5}]}
            """;
        Assert.Equal(
            "| bug | caught by | s |\n|---|---|---|\n| a | **not caught** | 1 |\n| b | A X | 3 |\n",
            BugTable.Render([First, Second], ["a", "b"]).ReplaceLineEndings("\n"));
        Assert.Throws<InvalidDataException>(() => BugTable.Render(["{}"], []));
    }

    [Fact]
    public void A_bug_is_read_with_its_catchers_in_order()
    {
        PlantedBug bug = PlantedBug.Parse(Good, "quorum.bug");
        Assert.Equal("quorum", bug.Name);
        Assert.Equal("it would be wrong", bug.Why);
        Assert.Equal(["test tests/A.Tests Some", "sim --seed 7"], bug.Catchers.Select(catcher => catcher.Text));
        Assert.Equal("x\n    b();\ny", bug.PlantInto("x\r\n    a();\r\ny"));
    }

    [Theory]
    [InlineData("nothing like it")]
    [InlineData("    a();\n    a();")]
    public void A_bug_that_fits_never_or_twice_is_not_planted(string source) =>
        Assert.Null(PlantedBug.Parse(Good, "x.bug").PlantInto(source));

    [Theory]
    [InlineData("file: src/A.cs", "", "x.bug: the line 'file: …' is missing")]
    [InlineData("caught-by: sim --seed 7", "caught-by: prayer", "x.bug:5: 'prayer' is no catcher")]
    [InlineData("file: src/A.cs", "file: src/A.cs\nfile: src/B.cs", "x.bug:4: expected")]
    [InlineData("# a comment", "a comment", "x.bug:1: expected")]
    [InlineData("====", "---", "x.bug: the change must be written")]
    [InlineData("<<<<", "", "x.bug:7: expected")]
    [InlineData("    a();\n", "", "x.bug: the change must be written")]
    public void A_mistake_is_told_with_its_place(string old, string written, string message)
    {
        string text = Good.ReplaceLineEndings("\n").Replace(old, written, StringComparison.Ordinal);
        InvalidDataException refusal = Assert.Throws<InvalidDataException>(() => PlantedBug.Parse(text, "x.bug"));
        Assert.StartsWith(message, refusal.Message, StringComparison.Ordinal);
    }
}
