using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace EnergyNode.Tidy.Tests;

/// <summary>The repository's files, found from its root.</summary>
internal static class Repository
{
    private static readonly string[] Built = ["bin", "obj", ".git", "artifacts", "TestResults", "node_modules"];

    public static string Root { get; } = FindRoot();

    /// <summary>Files by extension below some folders of the root, as paths with slashes, in order.</summary>
    public static IReadOnlyList<string> Files(string extension, params string[] folders) =>
    [
        .. (folders.Length == 0 ? [""] : folders)
            .SelectMany(folder => Walk(Path.Combine(Root, folder)))
            .Where(file => file.EndsWith(extension, StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>All C# that people write.</summary>
    public static IReadOnlyList<string> Code() => Files(".cs", "src", "chaos", "tests", "bench");

    public static string Text(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    private static IEnumerable<string> Walk(string folder) => Directory.GetFiles(folder).Concat(
        Directory.GetDirectories(folder)
            .Where(child => !Built.Contains(Path.GetFileName(child)))
            .SelectMany(Walk));

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "EnergyNode.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("The tests do not run inside the repository.");
    }
}
