using System;
using System.Collections.Generic;
using System.IO;

namespace EnergyNode.Chaos.Bugs;

/// <summary>What should notice a planted bug: tests, or the program in the simulator.</summary>
/// <param name="Project">What has to be built for it.</param>
/// <param name="Arguments">For <c>dotnet</c>, from the repository's root, once that is built.</param>
internal sealed record BugCatcher(string Text, string Project, IReadOnlyList<string> Arguments)
{
    private const string Program = "src/Node/bin/Release/net10.0/energynode.dll";

    /// <param name="text"><c>test tests/X.Tests NAME</c> (tests whose full name contains NAME) or <c>sim …</c>.</param>
    /// <exception cref="InvalidDataException">It is neither.</exception>
    public static BugCatcher Parse(string text, string where)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            ["test", var project, var name] => new BugCatcher(
                text,
                project,
                ["test", "-c", "Release", "--no-build", project, "--filter", "FullyQualifiedName~" + name]),
            ["sim", ..] => new BugCatcher(text, "src/Node", [Program, .. words]),
            _ => throw new InvalidDataException(
                $"{where}: '{text}' is no catcher; write 'test tests/X.Tests NAME' or 'sim …'"),
        };
    }
}
