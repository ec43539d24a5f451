using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace EnergyNode.Pbm;

/// <summary>What the program sees of the machine it runs on.</summary>
internal sealed record PbmHost
{
    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Standard output goes to a terminal rather than to a file or pipe.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>The environment permits colour (no NO_COLOR, see no-color.org).</summary>
    public bool ColourPermitted { get; init; }

    /// <summary>Directories of discovery files; the first that knows a port is believed.</summary>
    public required IReadOnlyList<string> RuntimeDirectories { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public PbmLimits Limits { get; init; } = new();

    /// <summary>The host of the running process.</summary>
    public static PbmHost FromProcess() => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        OutIsTerminal = !Console.IsOutputRedirected,
        ColourPermitted = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"),
        RuntimeDirectories = UserDirectories(),
    };

    // Both places, as a node started as a service may have had no XDG_RUNTIME_DIR, or this shell may have none.
    private static List<string> UserDirectories()
    {
        var directories = new List<string>();
        string? runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        if (!string.IsNullOrEmpty(runtime) && Path.IsPathRooted(runtime))
        {
            directories.Add(Path.Combine(runtime, "energynode"));
        }

        directories.Add(OperatingSystem.IsLinux()
            ? string.Create(CultureInfo.InvariantCulture, $"/tmp/energynode-{PrivatePath.CurrentUser}")
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "energynode"));
        return directories;
    }
}
