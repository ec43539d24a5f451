using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Actors.Configuration;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Configuration;

/// <summary>Reads and shows <c>energy-node.peers</c>.</summary>
internal static class PeerList
{
    private static readonly string[] Fields = ["name", "address", "public-key"];

    public static IReadOnlyList<PeerEntry> Read(HoconValue value, string path)
    {
        IReadOnlyList<HoconValue> items = HoconTyped.Array(value, path).Items;
        if (items.Count > ConfigurationBounds.MaxPeers)
        {
            throw new HoconException(value.Origin, $"{path} must be at most {ConfigurationBounds.MaxPeers} peers");
        }

        List<PeerEntry> peers = new(items.Count);
        for (int i = 0; i < items.Count; i++)
        {
            string itemPath = HoconTyped.Indexed(path, i);
            PeerEntry peer = ReadOne(HoconTyped.Object(items[i], itemPath), itemPath);
            if (peers.Exists(p => p.Name == peer.Name))
            {
                throw new HoconException(items[i].Origin, $"{itemPath}.name {peer.Name} is there twice; rename one");
            }

            if (peers.Find(p => p.PublicKey == peer.PublicKey) is { } twin)
            {
                throw new HoconException(
                    items[i].Origin, $"{itemPath}.public-key is also that of {twin.Name}; every node has its own");
            }

            peers.Add(peer);
        }

        return peers;
    }

    public static string Show(IReadOnlyList<PeerEntry> peers) => "[" + string.Join(", ", peers.Select(ShowOne)) + "]";

    public static string ShowOne(PeerEntry peer) =>
        $"{{ name = {HoconText.Quote(peer.Name)}, address = \"{peer.Address}\", public-key = \"{peer.PublicKey}\" }}";

    private static PeerEntry ReadOne(HoconObject peer, string path)
    {
        foreach (HoconField field in peer.Fields.Where(f => !Fields.Contains(f.Name, StringComparer.Ordinal)))
        {
            string meant = EditDistance.Nearest(field.Name, Fields) is { } nearest
                ? $"did you mean '{nearest}'?"
                : "a peer has name, address and public-key";
            throw new HoconException(field.Origin, $"{path}.{field.Name} is not a key of a peer; {meant}");
        }

        HoconValue name = Require(peer, path, "name");
        HoconValue address = Require(peer, path, "address");
        HoconValue key = Require(peer, path, "public-key");
        string nameText = HoconTyped.Text(name, path + ".name");
        if (!ConfigurationBounds.IsName(nameText))
        {
            throw HoconTyped.Mismatch(name, path + ".name", "a name of " + ConfigurationBounds.NameForm);
        }

        if (!NodeAddress.TryParse(HoconTyped.Text(address, path + ".address"), out NodeAddress parsed))
        {
            throw HoconTyped.Mismatch(address, path + ".address", "\"host:port\" or \"[IPv6]:port\"");
        }

        return PublicKey.TryParse(HoconTyped.Text(key, path + ".public-key"), out PublicKey publicKey)
            ? new PeerEntry(nameText, parsed, publicKey)
            : throw HoconTyped.Mismatch(key, path + ".public-key", "64 hexadecimal digits");
    }

    private static HoconValue Require(HoconObject peer, string path, string name) =>
        peer.Find(name) ?? throw new HoconException(peer.Origin, $"{path}.{name} is missing; set it");
}
