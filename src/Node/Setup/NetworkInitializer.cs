using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using EnergyNode.Ledger;
using EnergyNode.Node.Configuration;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Persistence;

namespace EnergyNode.Node.Setup;

/// <summary>
/// Creates the directories of a network: for each validator its key, its certificate, its <c>cluster.hocon</c> and the
/// common genesis file. All or nothing: what was begun is taken away again when it cannot be finished.
/// </summary>
public sealed class NetworkInitializer(TimeProvider clock)
{
    private const string Loopback = "127.0.0.1";

    /// <param name="plan">Where and how many.</param>
    /// <param name="makeGenesis">
    /// Makes the first state for these validators; may write key files into the plan's directory.
    /// </param>
    /// <exception cref="SetupException">The plan cannot be carried out; nothing was changed.</exception>
    /// <exception cref="MissingLibraryException">libsodium is not installed.</exception>
    public CreatedNetwork Create(NetworkPlan plan, Func<ValidatorSet, GenesisBlock> makeGenesis)
    {
        Check(plan);
        bool existed = Directory.Exists(plan.Directory);
        try
        {
            Directory.CreateDirectory(plan.Directory);
            return Write(plan, makeGenesis);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or KeyFileException)
        {
            TakeAway(plan.Directory, existed);
            throw new SetupException(
                plan.Directory,
                $"the network cannot be written ({OneLine(error.Message)})",
                "name a directory that you may write to",
                error);
        }
        catch
        {
            TakeAway(plan.Directory, existed);
            throw;
        }
    }

    /// <exception cref="SetupException">The plan makes no sense, or its directory is in use.</exception>
    public static void Check(NetworkPlan plan)
    {
        if (!SetupLimits.IsValidatorCount(plan.Validators))
        {
            string why = plan.Validators is 2 or 3
                ? "two or three tolerate no fault and stop when one stops"
                : "more than seven on one machine only slow each other down";
            throw new SetupException(
                "--validators",
                string.Create(CultureInfo.InvariantCulture, $"{plan.Validators} is not possible ({why})"),
                "choose 1, or 4 to 7");
        }

        int[] ports = [.. plan.PeerPorts, .. plan.AdminPorts.Where(port => port != 0)];
        if (plan.AdminPorts.Count != plan.Validators || ports.Any(port => port is < 1 or > 65_535)
            || ports.Distinct().Count() != ports.Length)
        {
            throw new SetupException(
                "ports", "they are not distinct numbers from 1 to 65535", "choose two free ports for each validator");
        }

        if (File.Exists(plan.Directory))
        {
            throw new SetupException(plan.Directory, "is a file", "name a directory that is empty or does not exist");
        }

        try
        {
            if (Directory.Exists(plan.Directory) && Directory.EnumerateFileSystemEntries(plan.Directory).Any())
            {
                throw new SetupException(
                    plan.Directory, "the directory is not empty", "name one that is empty or does not exist");
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SetupException(
                plan.Directory, $"cannot be read ({OneLine(error.Message)})", "check whose directory it is", error);
        }
    }

    private CreatedNetwork Write(NetworkPlan plan, Func<ValidatorSet, GenesisBlock> makeGenesis)
    {
        List<CreatedValidator> validators = [];
        for (int i = 0; i < plan.Validators; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"validator-{i + 1}");
            string directory = Path.Combine(plan.Directory, name);
            PrivateDirectory.Create(directory);
            PublicKey key = KeyFile.Create(Path.Combine(directory, "validator.key"));
            string data = Path.Combine(directory, ConfigurationTemplate.DefaultDataDirectory);
            PrivateDirectory.Create(data);
            FirstJournal.Mark(data);
            CertificateFiles.Create(
                Path.Combine(directory, "node.crt"), Path.Combine(directory, "node.key"), name, clock);
            validators.Add(new CreatedValidator(
                name,
                directory,
                Path.Combine(directory, "cluster.hocon"),
                key,
                plan.PeerPorts[i],
                plan.AdminPorts[i]));
        }

        ValidatorSet set = new(validators.Select(v => new Validator(Label.Parse(v.Name), v.Key, 1)));
        GenesisBlock genesis = makeGenesis(set);
        if (genesis.BuildState(out string? problem) is null)
        {
            throw new SetupException(plan.Directory, $"the genesis contradicts itself: {problem}", "correct the input");
        }

        foreach (CreatedValidator validator in validators)
        {
            GenesisFile.Save(Path.Combine(validator.Directory, GenesisFile.Name), genesis);
            SecureFile.Create(
                validator.ConfigurationFile,
                Encoding.UTF8.GetBytes(Configure(validator, validators, set.Quorum)),
                SecureFile.PublicRead);
        }

        return new CreatedNetwork(plan.Directory, genesis, validators);
    }

    private static string Configure(CreatedValidator self, List<CreatedValidator> all, int quorum)
    {
        PeerEntry[] peers =
        [
            .. all.Where(other => other != self).Select(other =>
                new PeerEntry(other.Name, new NodeAddress(Loopback, other.PeerPort), other.Key)),
        ];
        return ConfigurationWriter.Render(
            new ConfigurationTemplate(
                self.Name, NodeRole.Validator, Loopback, self.PeerPort, self.AdminPort, peers)
            {
                Keys = new KeyFiles("validator.key", "node.crt", "node.key"),
                GenesisFile = GenesisFile.Name,
                MinimumMembers = quorum,
            });
    }

    /// <summary>The directory was empty or absent before, so whatever is in it was made here.</summary>
    private static void TakeAway(string directory, bool existed)
    {
        if (!Directory.Exists(directory))
        {
            return;
        }

        if (!existed)
        {
            Directory.Delete(directory, recursive: true);
            return;
        }

        foreach (string entry in Directory.EnumerateDirectories(directory))
        {
            Directory.Delete(entry, recursive: true);
        }

        foreach (string entry in Directory.EnumerateFiles(directory))
        {
            File.Delete(entry);
        }
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");
}
