using System;
using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Net;
using System.Text.Json;

namespace EnergyNode.Node.Admin;

/// <summary>The files by which this user's programs find the admin ports of this user's nodes, and their tokens.
/// See docs/spec/admin.md, "Discovery".</summary>
internal sealed class AdminDiscovery(string directory)
{
    private const string Prefix = "admin-";
    private const string Suffix = ".json";
    private const int MaxFileBytes = 4096;

    /// <summary><c>$XDG_RUNTIME_DIR/energynode</c>, or else <c>/tmp/energynode-&lt;uid&gt;</c>.</summary>
    public static string DefaultDirectory()
    {
        string? runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        if (!string.IsNullOrEmpty(runtime) && Path.IsPathRooted(runtime) && Directory.Exists(runtime))
        {
            return Path.Combine(runtime, "energynode");
        }

        return OperatingSystem.IsLinux()
            ? string.Create(CultureInfo.InvariantCulture, $"/tmp/energynode-{OwnedPath.CurrentUser}")
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "energynode");
    }

    /// <summary>Writes the file of one port, and deletes those of nodes that are gone.</summary>
    /// <returns>The file's path.</returns>
    /// <exception cref="AdminStartException">The directory is not this user's own, or cannot be written.</exception>
    public string Write(IPEndPoint endPoint, AdminToken token, AdminOptions options, DateTimeOffset now)
    {
        string path = PathOf(endPoint.Port);
        string fresh = $"{path}.{Environment.ProcessId}.new";
        try
        {
            PrepareDirectory();
            RemoveStale();
            File.Delete(fresh);
            using (FileStream file = CreatePrivate(fresh))
            {
                file.Write(Content(endPoint, token, options, now));
            }

            File.Move(fresh, path, overwrite: true);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AdminStartException(
                $"cannot write the discovery file {path} ({e.Message}); make {directory} writable for this user, "
                + "or point XDG_RUNTIME_DIR to a directory of this user", e);
        }
    }

    /// <summary>Deletes a file that still holds this token. One that a later node wrote stays.</summary>
    public static void Remove(string path, AdminToken token)
    {
        try
        {
            if (Read(path) is { } found && token.Matches(found.Token))
            {
                File.Delete(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file left behind names a process that is gone; readers ignore it and the next node deletes it.
        }
    }

    public string PathOf(int port) =>
        Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{port}{Suffix}"));

    /// <returns>The token of the node behind a port; null when its file is not there.</returns>
    public string? TokenOf(int port) => Read(PathOf(port))?.Token;

    private static ReadOnlySpan<byte> Content(
        IPEndPoint endPoint, AdminToken token, AdminOptions options, DateTimeOffset now)
    {
        IPAddress reachable = endPoint.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : endPoint.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : endPoint.Address;
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("host", reachable.ToString());
            json.WriteNumber("port", endPoint.Port);
            json.WriteString("token", token.Hex);
            json.WriteNumber("pid", Environment.ProcessId);
            json.WriteString("node", options.NodeName);
            json.WriteString("chain", options.Chain);
            json.WriteString("startedUtc", now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        bytes.Write("\n"u8);
        return bytes.WrittenSpan;
    }

    private static FileStream CreatePrivate(string path)
    {
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, how);
    }

    private void PrepareDirectory()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
            return;
        }

        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (!Directory.Exists(directory))
        {
            Directory.CreateDirectory(directory, OwnerOnly);
        }

        if (OperatingSystem.IsLinux() && !OwnedPath.IsPrivateDirectory(directory))
        {
            throw new AdminStartException(
                $"{directory} is not a directory of this user with mode 0700, so its tokens could be read or replaced; "
                + "delete it, or point XDG_RUNTIME_DIR to a directory of this user");
        }
    }

    private void RemoveStale()
    {
        foreach (string path in Directory.EnumerateFiles(directory, $"{Prefix}*{Suffix}"))
        {
            if (Read(path) is not { } found || !IsAlive(found.Pid))
            {
                File.Delete(path);
            }
        }
    }

    private static (int Pid, string Token)? Read(string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length > MaxFileBytes)
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("pid", out JsonElement pid) && pid.TryGetInt32(out int number)
                && root.TryGetProperty("token", out JsonElement token) && token.GetString() is { } text
                    ? (number, text)
                    : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            using Process process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
