using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace EnergyNode.Pbm;

/// <summary>Finds this user's running nodes through their discovery files.</summary>
internal sealed class Discovery(PbmHost host)
{
    /// <summary>All nodes with a live process, by port. Files that are not private to this user do not count.</summary>
    public IReadOnlyList<DiscoveredNode> FindAll()
    {
        var byPort = new SortedDictionary<int, DiscoveredNode>();
        foreach (string directory in host.RuntimeDirectories)
        {
            foreach (string file in Files(directory))
            {
                if (Read(file) is { } node)
                {
                    byPort.TryAdd(node.Endpoint.Port, node);
                }
            }
        }

        return [.. byPort.Values];
    }

    /// <summary>The token for an address of this machine; null when no live node of this user has that port.</summary>
    public string? TokenFor(NodeEndpoint endpoint) => FindAll()
        .FirstOrDefault(node => node.Endpoint.Port == endpoint.Port
            && (endpoint.IsLoopback || node.Endpoint.Host == endpoint.Host))
        ?.Token;

    private IEnumerable<string> Files(string directory)
    {
        if (!Directory.Exists(directory) || !IsPrivate(directory))
        {
            return [];
        }

        try
        {
            return [.. Directory.EnumerateFiles(directory, "admin-*.json").Take(host.Limits.MaxDiscoveryFiles)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private DiscoveredNode? Read(string file)
    {
        try
        {
            if (!IsPrivate(file) || new FileInfo(file).Length > host.Limits.MaxFileBytes)
            {
                return null;
            }

            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            JsonElement root = document.RootElement;
            if (!IsAlive(root.GetProperty("pid").GetInt32()))
            {
                return null;
            }

            string address = root.TryGetProperty("host", out JsonElement given) ? given.GetString() ?? "" : "";
            return new DiscoveredNode(
                new NodeEndpoint(
                    address.Length > 0 ? address : NodeEndpoint.Default.Host, root.GetProperty("port").GetInt32()),
                root.GetProperty("token").GetString() ?? "",
                root.GetProperty("node").GetString() ?? "",
                root.GetProperty("chain").GetString() ?? "");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException
            or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            // Deleted while it was looked at, or not written by a node.
            return null;
        }
    }

    private static bool IsPrivate(string path) => !OperatingSystem.IsLinux() || PrivatePath.IsPrivate(path);

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
