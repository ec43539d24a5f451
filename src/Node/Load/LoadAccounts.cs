using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using EnergyNode.Ledger;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Gateway;
using EnergyNode.Node.Setup;

namespace EnergyNode.Node.Load;

/// <summary>
/// Keys and first state of a load test: homes with a meter each, a utility, a grid operator, a gateway.
/// </summary>
internal sealed class LoadAccounts
{
    public static readonly ChainId Chain = ChainId.Parse("load");

    private static readonly AccountId Utility = AccountId.Parse("utility");
    private static readonly AccountId GridOperator = AccountId.Parse("grid-operator");
    private static readonly AccountId Gateway = AccountId.Parse("gateway");

    private readonly List<Ed25519Signer> _homeKeys = [];
    private readonly Ed25519Signer _office = NewKey();
    private readonly Ed25519Signer _utility = NewKey();

    /// <exception cref="MissingLibraryException">libsodium is not installed.</exception>
    public LoadAccounts()
    {
        List<MarketHome> homes = [];
        for (int number = 0; number < LoadLimits.Meters; number++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{number:D4}");
            homes.Add(new MarketHome(MeterId.Parse("M" + name), AccountId.Parse("home-" + name), NewKey()));
            _homeKeys.Add(NewKey());
        }

        Homes = homes;
    }

    /// <summary>Signs the batches.</summary>
    public Ed25519Signer GatewaySigner { get; } = NewKey();

    public IReadOnlyList<MarketHome> Homes { get; }

    public GenesisBlock MakeGenesis(ValidatorSet validators, ConsensusProtocol consensus, Instant now) => new(
        Chain,
        consensus,
        now,
        validators,
        new MarketParameters(
            MarketClock.Oracle,
            MarketDefaults.EpochStart(now),
            MarketDefaults.EpochLength,
            default,
            MarketDefaults.GridFee,
            MarketDefaults.Retail,
            MarketDefaults.FeedIn,
            Utility,
            GridOperator),
        [new GenesisBook(
            MarketDefaults.Book, BookParameters.Default with { Mechanism = BookMechanism.Continuous })],
        [
            new GenesisAccount(Utility, UserKind.Operator, Role.None, _utility.PublicKey, LoadLimits.Deposit),
            new GenesisAccount(GridOperator, UserKind.Operator, Role.None, _office.PublicKey, Money.Zero),
            new GenesisAccount(
                Gateway, UserKind.Operator, Role.OracleOperator, GatewaySigner.PublicKey, Money.Zero),
            .. Homes.Select((home, number) => new GenesisAccount(
                home.Account, UserKind.Prosumer, Role.None, _homeKeys[number].PublicKey, LoadLimits.Deposit)),
        ],
        [
            .. Homes.Select(home => new Command.AssignMeter(
                home.Meter, home.Account, home.MeterKey.PublicKey, LoadLimits.RatingW, LoadLimits.RatingW)),
        ],
        [.. Homes.Select(home => new AgentGrant(home.Account, Gateway))])
    {
        Work = WorkDefaults.For(consensus),
    };

    private static Ed25519Signer NewKey() => new(RandomNumberGenerator.GetBytes(Ed25519Signer.SeedSize));
}
