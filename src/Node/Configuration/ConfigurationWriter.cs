using System.Globalization;
using System.Linq;
using System.Text;
using EnergyNode.Actors.Configuration;

namespace EnergyNode.Node.Configuration;

/// <summary>Writes the <c>cluster.hocon</c> of one node: what differs from node to node, with comments.</summary>
public static class ConfigurationWriter
{
    /// <returns>A file that <see cref="ConfigurationLoader"/> reads back to the values of the template.</returns>
    public static string Render(ConfigurationTemplate node)
    {
        StringBuilder peers = new();
        foreach (PeerEntry peer in node.Peers)
        {
            peers.Append(CultureInfo.InvariantCulture, $"\n    {PeerList.ShowOne(peer)}");
        }

        string list = peers.Length == 0 ? "[]" : $"[{peers}\n  ]";
        string roles = string.Join(", ", node.Roles.Select(HoconText.Quote));
        string heading = new([.. node.Name.Where(c => !char.IsControl(c))]);
        return string.Create(CultureInfo.InvariantCulture, $$"""
            # Node {{heading}}. Every other key has its default: `energynode config explain KEY`.
            # An environment variable overrides a key: ENERGY_NODE__LISTEN__PORT is energy-node.listen.port.

            energy-node {
              role = {{node.Role.ToString().ToLowerInvariant()}}

              # Paths are relative to the directory of this file.
              data-dir = {{HoconText.Quote(node.DataDirectory)}}
              genesis-file = {{HoconText.Quote(node.GenesisFile)}}
              keys {
                validator-key = {{HoconText.Quote(node.Keys.ValidatorKey)}}
                node-certificate = {{HoconText.Quote(node.Keys.NodeCertificate)}}
                node-certificate-key = {{HoconText.Quote(node.Keys.NodeCertificateKey)}}
              }

              # Where other nodes reach this one.
              listen {
                hostname = {{HoconText.Quote(node.ListenHostname)}}
                port = {{node.ListenPort}}
              }

              # Where pbm reaches this one, from this machine only. 0 takes any free port.
              admin.port = {{node.AdminPort}}

              peers = {{list}}
            }

            akka.cluster {
              roles = [{{roles}}]
              # The node reports ready once so many members are up.
              min-nr-of-members = {{node.MinimumMembers}}
            }

            """).ReplaceLineEndings("\n");
    }
}
