using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using EnergyNode.Ledger;
using EnergyNode.Node.Crypto;

namespace EnergyNode.Node.Setup;

/// <summary>
/// <c>energynode init</c>: a network with the three accounts that a market needs to begin, and their key files.
/// </summary>
public sealed class InitCommand(TimeProvider clock)
{
    private const string Utility = "utility";
    private const string GridOperator = "grid-operator";
    private const string Operator = "operator";

    /// <exception cref="SetupException">It cannot be created; nothing was changed.</exception>
    /// <exception cref="MissingLibraryException">libsodium is not installed.</exception>
    public InitResult Run(
        NetworkPlan plan, ChainId chain, MarketClock market, ConsensusProtocol consensus = ConsensusProtocol.Pbft)
    {
        List<string> keyFiles = [];
        CreatedNetwork network = new NetworkInitializer(clock).Create(
            plan, validators => MakeGenesis(plan.Directory, chain, market, validators, keyFiles) with
            {
                Consensus = consensus,
                Work = WorkDefaults.For(consensus),
            });
        return new InitResult(network, keyFiles, Describe(network, keyFiles));
    }

    private GenesisBlock MakeGenesis(
        string directory, ChainId chain, MarketClock market, ValidatorSet validators, List<string> keyFiles)
    {
        Instant now = UtcTime.Of(clock.GetUtcNow());
        return new GenesisBlock(
            chain,
            ConsensusProtocol.Pbft,
            now,
            validators,
            new MarketParameters(
                market,
                MarketDefaults.EpochStart(now),
                MarketDefaults.EpochLength,
                market == MarketClock.Block ? MarketDefaults.Grace : default,
                MarketDefaults.GridFee,
                MarketDefaults.Retail,
                MarketDefaults.FeedIn,
                AccountId.Parse(Utility),
                AccountId.Parse(GridOperator)),
            [MarketDefaults.Book],
            [
                MakeAccount(directory, Utility, Role.None, keyFiles),
                MakeAccount(directory, GridOperator, Role.None, keyFiles),
                MakeAccount(directory, Operator, Roles.All, keyFiles),
            ],
            [],
            []);
    }

    private static GenesisAccount MakeAccount(string directory, string name, Role roles, List<string> keyFiles)
    {
        string file = Path.Combine(directory, name + ".key");
        PublicKey key = KeyFile.Create(file);
        keyFiles.Add(file);
        return new GenesisAccount(AccountId.Parse(name), UserKind.Operator, roles, key, Money.Zero);
    }

    private static string Describe(CreatedNetwork network, List<string> keyFiles)
    {
        StringBuilder text = new();
        string count = network.Validators.Count == 1
            ? "1 validator"
            : string.Create(CultureInfo.InvariantCulture, $"{network.Validators.Count} validators");
        text.Append(CultureInfo.InvariantCulture, $"Created {count} in {network.Directory}: ");
        text.Append(CultureInfo.InvariantCulture, $"chain {network.Genesis.Chain}, ");
        text.Append(CultureInfo.InvariantCulture, $"consensus {network.Genesis.Consensus.Word()}, ");
        text.Append(CultureInfo.InvariantCulture, $"genesis {network.Genesis.ComputeHash().Short()}.\n\n");
        text.Append(network.Validators.Count == 1 ? "Start it:\n" : "Start each in a terminal of its own:\n");
        foreach (CreatedValidator validator in network.Validators)
        {
            text.Append(CultureInfo.InvariantCulture, $"  energynode start --config {validator.ConfigurationFile}\n");
        }

        if (network.Validators.FirstOrDefault(v => v.AdminPort != 0) is { } first)
        {
            text.Append("\nThen look at it from another one:\n");
            text.Append(CultureInfo.InvariantCulture, $"  pbm 127.0.0.1:{first.AdminPort} cluster show\n");
        }

        text.Append("\nWhoever has one of these keys acts as its account; keep them safe:\n");
        foreach (string file in keyFiles)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {file}\n");
        }

        return text.ToString();
    }
}
