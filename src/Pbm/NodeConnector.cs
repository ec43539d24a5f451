using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace EnergyNode.Pbm;

/// <summary>Decides which node is meant, connects, and finds the token for it.</summary>
internal sealed class NodeConnector(PbmHost host, CommandLine line)
{
    private readonly Discovery discovery = new(host);

    /// <summary>The node named, else the only one that runs, else the default address.</summary>
    /// <exception cref="PbmException">Code 2: several run.</exception>
    public NodeEndpoint Resolve()
    {
        if (line.Endpoint is { } given)
        {
            return given;
        }

        IReadOnlyList<DiscoveredNode> nodes = discovery.FindAll();
        if (nodes.Count > 1)
        {
            string list = string.Join(", ", nodes.Select(n => $"{n.Endpoint} ({TerminalText.Sanitise(n.Node)})"));
            throw new PbmException(PbmExit.Usage, $"{nodes.Count} nodes run here; name one of {list}");
        }

        return nodes is [var only] ? only.Endpoint : NodeEndpoint.Default;
    }

    /// <summary>Opens a session with its token set.</summary>
    /// <exception cref="PbmException">Code 2, 3 or 4.</exception>
    public async Task<AdminSession> ConnectAsync(NodeEndpoint endpoint, CancellationToken cancellation)
    {
        string? fromFile = line.TokenFile is { } file ? ReadToken(file) : null;
        AdminSession session = await AdminSession.ConnectAsync(endpoint, host.Limits, cancellation)
            .ConfigureAwait(false);

        // Looked up after connecting: a node writes its file before it listens, so the file is there by now, and a
        // file from an earlier run is gone.
        if ((fromFile ?? discovery.TokenFor(endpoint)) is { } token)
        {
            session.Token = token;
            return session;
        }

        session.Dispose();
        throw new PbmException(
            PbmExit.NotAuthorised,
            $"there is no discovery file of yours for {endpoint}; "
            + "run pbm as the node's user, or give --token-file FILE");
    }

    private string ReadToken(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
            byte[] bytes = new byte[host.Limits.MaxFileBytes + 1];
            int count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            string token = Encoding.UTF8.GetString(bytes, 0, count).Trim();
            return count <= host.Limits.MaxFileBytes && token.Length > 0
                ? token
                : throw new PbmException(
                    PbmExit.Usage, $"{path} is no token file; it must hold one line with the token");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new PbmException(
                PbmExit.Usage, $"cannot read the token file {path} ({e.Message}); check its path", e);
        }
    }
}
