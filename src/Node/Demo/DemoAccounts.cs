using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Gateway;
using EnergyNode.Node.Neighbours;
using EnergyNode.Node.Setup;

namespace EnergyNode.Node.Demo;

/// <summary>The keys of everybody but the validators, and the first state that gives them their accounts.</summary>
internal sealed class DemoAccounts
{
    public const string Utility = "utility";
    public const string GridOperator = "grid-operator";
    public const string Gateway = "gateway";

    public static readonly ChainId Chain = ChainId.Parse("demo");

    private readonly DemoInput _input;
    private readonly Dictionary<string, byte[]> _seeds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Ed25519Signer> _signers = new(StringComparer.Ordinal);

    /// <exception cref="MissingLibraryException">libsodium is not installed.</exception>
    public DemoAccounts(DemoInput input)
    {
        _input = input;
        foreach (string account in (string[])[Utility, GridOperator, Gateway, .. HomesOf(input)])
        {
            MakeKey(account);
        }

        foreach (MeterConnection connection in input.Meters.Connections)
        {
            MakeKey(MeterKey(connection.Meter));
        }
    }

    public ISigner GatewaySigner => _signers[Gateway];

    public ISigner GridOperatorSigner => _signers[GridOperator];

    public IReadOnlyList<MarketHome> Homes =>
    [
        .. _input.Meters.Connections.Select(connection => new MarketHome(
            connection.Meter, AccountId.Parse(connection.Account), _signers[MeterKey(connection.Meter)])),
    ];

    /// <summary>Where there are zones and feeders the grid operator names them, and says on which a meter is.</summary>
    private Role GridOperatorRoles => _input.Neighbourhood is null
        ? Role.None
        : Role.Authority | Role.AmiService | Role.Governance;

    /// <summary>Whether a name belongs to one of the market's own accounts.</summary>
    public static bool IsReserved(string account) => account is Utility or GridOperator or Gateway;

    public GenesisBlock MakeGenesis(ValidatorSet validators, ConsensusProtocol consensus, Instant now) => new(
        Chain,
        consensus,
        now,
        validators,
        new MarketParameters(
            MarketClock.Oracle,
            _input.Intervals[0].Start,
            MarketDefaults.EpochLength,
            default,
            MarketDefaults.GridFee,
            _input.FirstRetail,
            MarketDefaults.FeedIn,
            AccountId.Parse(Utility),
            AccountId.Parse(GridOperator)),
        _input.Neighbourhood is null ? [MarketDefaults.Book] : NeighbourMarket.Books,
        [
            Account(Utility, UserKind.Operator, Role.None, DemoLimits.UtilityDeposit),
            Account(GridOperator, UserKind.Operator, GridOperatorRoles, Money.Zero),
            Account(Gateway, UserKind.Operator, Role.OracleOperator, Money.Zero),
            .. HomesOf(_input).Select(home =>
                Account(home, UserKind.Prosumer, Role.None, DemoLimits.HomeDeposit)),
        ],
        [
            .. _input.Meters.Connections.Select(connection => new Command.AssignMeter(
                connection.Meter,
                AccountId.Parse(connection.Account),
                _signers[MeterKey(connection.Meter)].PublicKey,
                connection.ImportRating.W,
                connection.ExportRating.W)),
        ],
        [.. HomesOf(_input).Select(home => new AgentGrant(AccountId.Parse(home), AccountId.Parse(Gateway)))])
    {
        Work = WorkDefaults.For(consensus),
        Lines = _input.Neighbourhood is { } neighbourhood ? NeighbourMarket.Lines(neighbourhood.Homes.Count) : [],
        Losses = _input.Neighbourhood is null ? default : NeighbourMarket.Losses,
    };

    /// <summary>Writes every key to <c>keys/</c> below a directory, for a user who wants to go on with it.</summary>
    /// <exception cref="KeyFileException">A file cannot be written.</exception>
    public void SaveKeys(string directory)
    {
        string keys = Path.Combine(directory, "keys");
        PrivateDirectory.Create(keys);
        foreach (KeyValuePair<string, byte[]> seed in _seeds)
        {
            KeyFile.Create(Path.Combine(keys, seed.Key + ".key"), seed.Value);
        }
    }

    private static IEnumerable<string> HomesOf(DemoInput input) =>
        input.Meters.Connections.Select(connection => connection.Account).Distinct(StringComparer.Ordinal);

    private static string MeterKey(MeterId meter) => "meter+" + meter;

    private void MakeKey(string name)
    {
        byte[] seed = RandomNumberGenerator.GetBytes(Ed25519Signer.SeedSize);
        _seeds.Add(name, seed);
        _signers.Add(name, new Ed25519Signer(seed));
    }

    private GenesisAccount Account(string name, UserKind kind, Role roles, Money deposit) =>
        new(AccountId.Parse(name), kind, roles, _signers[name].PublicKey, deposit);
}
