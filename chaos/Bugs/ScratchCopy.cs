using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace EnergyNode.Chaos.Bugs;

/// <summary>A copy of the repository that bugs may be planted into. Deleted when disposed.</summary>
internal sealed class ScratchCopy : IDisposable
{
    private const string Solution = "EnergyNode.sln";

    /// <summary>Output and history: neither is source.</summary>
    private static readonly string[] NotCopied = ["bin", "obj", ".git", "TestResults"];

    private readonly string _root;

    public ScratchCopy(string repository)
    {
        _root = Directory.CreateTempSubdirectory("energynode-bugs-").FullName;
        Copy(repository, _root);
    }

    /// <summary>The directory above (or at) a place that holds the solution; null when there is none.</summary>
    public static string? FindRepository(string from)
    {
        for (DirectoryInfo? at = new(from); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, Solution)))
            {
                return at.FullName;
            }
        }

        return null;
    }

    public string Read(string file) => File.ReadAllText(Path.Combine(_root, file));

    public void Write(string file, string text) => File.WriteAllText(Path.Combine(_root, file), text);

    /// <summary>Runs <c>dotnet</c> in the copy; with all that it starts it is killed when time is up.</summary>
    /// <returns>The exit code, null when it was killed, and everything that it printed.</returns>
    public (int? Exit, string Output) Dotnet(IEnumerable<string> arguments, TimeSpan limit)
    {
        ProcessStartInfo start = new("dotnet")
        {
            WorkingDirectory = _root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        StringBuilder output = new();
        using Process process = new() { StartInfo = start };
        void Keep(object sender, DataReceivedEventArgs line)
        {
            lock (output)
            {
                output.AppendLine(line.Data);
            }
        }

        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using CancellationTokenSource timeout = new(limit);
        bool ended = Wait(process, timeout.Token).GetAwaiter().GetResult();
        lock (output)
        {
            return (ended ? process.ExitCode : null, output.ToString());
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static async Task<bool> Wait(Process process, CancellationToken timeout)
    {
        try
        {
            await process.WaitForExitAsync(timeout);
            return true;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            return false;
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (string directory in Directory.EnumerateDirectories(from))
        {
            string name = Path.GetFileName(directory);
            if (!NotCopied.Contains(name))
            {
                Copy(directory, Directory.CreateDirectory(Path.Combine(to, name)).FullName);
            }
        }
    }
}
