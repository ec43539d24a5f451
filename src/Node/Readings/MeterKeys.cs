using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Node.Cli;
using EnergyNode.Node.Crypto;

namespace EnergyNode.Node.Readings;

/// <summary>
/// The keys that a gateway holds: its own and those of the meters it stands for, as <c>NAME.key</c> and
/// <c>meter+METER.key</c> in one directory.
/// </summary>
internal sealed class MeterKeys : IDisposable
{
    private const string Prefix = "meter+";

    private readonly Dictionary<MeterId, Ed25519Signer> _meters = [];

    private MeterKeys(Ed25519Signer gateway)
    {
        Gateway = gateway;
    }

    public Ed25519Signer Gateway { get; }

    public ISigner this[MeterId meter] => _meters[meter];

    /// <summary>The meters whose keys are held.</summary>
    public IReadOnlySet<MeterId> Meters => _meters.Keys.ToHashSet();

    /// <summary>Loads the gateway's key and every meter's that is in the directory.</summary>
    /// <exception cref="KeyFileException">A key is damaged or open to others, or its name is no meter's.</exception>
    public static MeterKeys LoadAll(string directory, string gateway)
    {
        if (!Directory.Exists(directory))
        {
            throw new KeyFileException(directory, "there is no such directory", "name the one with the key files");
        }

        List<MeterId> meters = [];
        foreach (string file in Directory.EnumerateFiles(
            directory, Prefix + "*.key").Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileNameWithoutExtension(file)[Prefix.Length..];
            if (!MeterId.TryParse(name, out MeterId meter))
            {
                throw new KeyFileException(file, $"{name} is no meter id", "rename the file or move it away");
            }

            meters.Add(meter);
        }

        return Load(directory, gateway, meters);
    }

    /// <param name="directory">Of the key files.</param>
    /// <param name="gateway">The name of the gateway's account and key file.</param>
    /// <param name="meters">Each needs a key.</param>
    /// <exception cref="KeyFileException">A key is missing, damaged, or can be read by others.</exception>
    public static MeterKeys Load(string directory, string gateway, IReadOnlyList<MeterId> meters)
    {
        MeterKeys keys = new(KeyFile.Load(Path.Combine(directory, gateway + ".key")));
        try
        {
            foreach (MeterId meter in meters)
            {
                keys._meters.Add(meter, KeyFile.Load(Path.Combine(directory, $"{Prefix}{meter}.key")));
            }

            return keys;
        }
        catch
        {
            keys.Dispose();
            throw;
        }
    }

    /// <summary>The ledger must know each meter with the key that is held here.</summary>
    /// <exception cref="CommandFailedException">It does not know one, or knows another key.</exception>
    public void Check(LedgerCursor cursor)
    {
        foreach ((MeterId meter, Ed25519Signer key) in _meters)
        {
            if (!cursor.Meters.TryGetValue(meter, out RegisteredMeter known))
            {
                throw new CommandFailedException(
                    ExitCodes.Failed, $"the ledger does not know meter {meter}, assign it or remove its rows");
            }

            if (known.Key != key.PublicKey)
            {
                throw new CommandFailedException(
                    ExitCodes.Failed,
                    $"the key of meter {meter} is not the registered one, use the meter's own key file");
            }
        }
    }

    public void Dispose()
    {
        Gateway.Dispose();
        foreach (Ed25519Signer key in _meters.Values)
        {
            key.Dispose();
        }
    }
}
