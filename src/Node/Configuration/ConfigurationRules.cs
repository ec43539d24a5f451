using System;
using System.Collections.Generic;
using System.Net;
using EnergyNode.Actors.Configuration;

namespace EnergyNode.Node.Configuration;

/// <summary>Rules between keys. The finding stands at the key that was written, the smaller side first.</summary>
internal static class ConfigurationRules
{
    public static void Check(ConfigurationSettings settings, List<ConfigurationFinding> findings)
    {
        void AtMost(string lower, string upper, IComparable low, object high)
        {
            if (low.CompareTo(high) > 0)
            {
                ConfigurationSetting small = settings[lower];
                ConfigurationSetting large = settings[upper];
                findings.Add(new ConfigurationFinding(
                    true,
                    small.Origin ?? large.Origin ?? default,
                    $"{small.SetBy} = {small.Text} must not exceed {large.SetBy} = {large.Text}; change one"));
            }
        }

        void Durations(string lower, string upper) =>
            AtMost(lower, upper, settings.Duration(lower), settings.Duration(upper));

        Durations("energy-node.consensus.view-timeout", "energy-node.consensus.view-timeout-cap");
        Durations("energy-node.network.reconnect-min", "energy-node.network.reconnect-max");
        Durations(
            "energy-node.network.heartbeat-interval", "akka.cluster.failure-detector.acceptable-heartbeat-pause");
        AtMost(
            "energy-node.mempool.max-batches-per-signer",
            "energy-node.mempool.max-batches",
            settings.Integer("energy-node.mempool.max-batches-per-signer"),
            settings.Integer("energy-node.mempool.max-batches"));
        AtMost(
            "energy-node.consensus.max-block-bytes",
            "energy-node.mempool.max-bytes",
            settings.Size("energy-node.consensus.max-block-bytes"),
            settings.Size("energy-node.mempool.max-bytes"));
        CheckFrame(settings, findings);
        CheckPorts(settings, findings);
        CheckAdmin(settings, findings);
    }

    private static void CheckFrame(ConfigurationSettings settings, List<ConfigurationFinding> findings)
    {
        ConfigurationSetting frame = settings["energy-node.network.max-frame-bytes"];
        ConfigurationSetting block = settings["energy-node.consensus.max-block-bytes"];
        long least = (long)block.Value + ConfigurationBounds.FrameOverheadBytes;
        if ((long)frame.Value < least)
        {
            findings.Add(new ConfigurationFinding(
                true,
                frame.Origin ?? block.Origin ?? default,
                $"{frame.SetBy} = {frame.Text} must be at least {HoconUnits.FormatSize(least)}, "
                    + $"which is {block.SetBy} and 64KiB; change one"));
        }
    }

    private static void CheckPorts(ConfigurationSettings settings, List<ConfigurationFinding> findings)
    {
        ConfigurationSetting listen = settings["energy-node.listen.port"];
        ConfigurationSetting admin = settings["energy-node.admin.port"];
        if ((long)listen.Value != 0 && (long)listen.Value == (long)admin.Value)
        {
            findings.Add(new ConfigurationFinding(
                true,
                admin.Origin ?? listen.Origin ?? default,
                $"{admin.SetBy} = {admin.Text} is also {listen.SetBy}; change one"));
        }
    }

    private static void CheckAdmin(ConfigurationSettings settings, List<ConfigurationFinding> findings)
    {
        ConfigurationSetting admin = settings["energy-node.admin.hostname"];
        string host = (string)admin.Value;
        bool local = host == "localhost" || (IPAddress.TryParse(host, out IPAddress? ip) && IPAddress.IsLoopback(ip));
        if (!local && admin.Origin is { } origin)
        {
            findings.Add(new ConfigurationFinding(
                false,
                origin,
                $"{admin.SetBy} = {admin.Text} lets other machines reach the inspection port; prefer 127.0.0.1"));
        }
    }
}
