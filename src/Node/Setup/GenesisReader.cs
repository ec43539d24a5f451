using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Setup;

/// <summary>Maps the JSON of a genesis file to a <see cref="GenesisBlock"/>, member by member.</summary>
internal static class GenesisReader
{
    internal const string NameForm = "write a name of 1 to 32 characters of A-Z a-z 0-9 . _ -";
    private const string KeyForm = "write a public key of 64 hexadecimal digits";
    private const string TimeForm = "write a time in UTC as 2016-08-01T08:00:00Z";

    /// <exception cref="SetupException">A member is missing, unknown or wrong.</exception>
    public static GenesisBlock Read(string file, JsonElement root)
    {
        JsonFields fields = JsonFields.Of(file, "$", root);
        GenesisBlock genesis = new(
            fields.Parsed<ChainId>("chain", ChainId.TryParse, NameForm),
            fields.Parsed<ConsensusProtocol>("consensus", ConsensusProtocols.TryParse, "write pbft, pos or pow"),
            fields.Parsed<Instant>("time", UtcTime.TryParse, TimeForm),
            ReadValidators(fields),
            ReadMarket(fields.Object("market")),
            [.. fields.TextsOrObjects<GenesisBook>(
                "books", Limits.MaxBooks, GenesisBookJson.TryParse, GenesisBookJson.Read, GenesisBookJson.Form)],
            [.. fields.Objects("accounts", SetupLimits.MaxGenesisEntries).Select(ReadAccount)],
            [.. fields.Objects("meters", SetupLimits.MaxGenesisEntries).Select(ReadMeter)],
            [.. fields.Objects("agents", SetupLimits.MaxGenesisEntries).Select(ReadAgent)])
        {
            ConsensusWindow = (int)fields.Integer("consensusWindow", 1, Limits.MaxConsensusWindow),
        };
        if (genesis.Consensus == ConsensusProtocol.Pow)
        {
            genesis = genesis with { Work = ReadWork(fields.Object("work")) };
        }

        genesis = genesis with { Governance = ReadGovernance(fields) };
        genesis = GenesisStaking.Read(fields, genesis);
        genesis = genesis with { Lines = GenesisLinesJson.Read(fields), Losses = GenesisLossesJson.Read(fields) };
        fields.End();
        return genesis;
    }

    private static GovernanceTerms ReadGovernance(JsonFields root)
    {
        JsonFields fields = root.Object("governance");
        GovernanceTerms terms = new(
            (int)fields.Integer("threshold", 1, SetupLimits.MaxGenesisEntries),
            new Duration(fields.SecondsAsMicros(
                "minLockSeconds", Limits.MaxProposalLock.Micros / Instant.MicrosPerSecond)));
        fields.End();
        return terms;
    }

    private static WorkParameters ReadWork(JsonFields fields)
    {
        WorkParameters work = new(
            Duration.FromMillis(fields.Integer(
                "blockTimeMillis", Limits.MinBlockTimeMicros / 1_000, Limits.MaxBlockTimeMicros / 1_000)),
            (int)fields.Integer("depth", 1, Limits.MaxFinalDepth),
            new Difficulty(fields.Integer("initialDifficulty", Limits.MinDifficulty, Limits.MaxDifficulty)));
        fields.End();
        return work;
    }

    private static ValidatorSet ReadValidators(JsonFields root)
    {
        List<Validator> validators = [];
        HashSet<PublicKey> keys = [];
        HashSet<Label> names = [];
        foreach (JsonFields fields in root.Objects("validators", Limits.MaxValidators))
        {
            Validator validator = new(
                fields.Parsed<Label>("name", Label.TryParse, NameForm),
                fields.Parsed<PublicKey>("publicKey", PublicKey.TryParse, KeyForm),
                fields.Integer("power", 1, Limits.MaxBalance));
            fields.End();
            if (!names.Add(validator.Name))
            {
                throw fields.Wrong("name", "is another validator's name too", "give each its own");
            }

            if (!keys.Add(validator.Key))
            {
                throw fields.Wrong("publicKey", "is another validator's key too", "give each its own");
            }

            validators.Add(validator);
        }

        return validators.Count > 0
            ? new ValidatorSet(validators)
            : throw root.Wrong("validators", "is empty", "name at least one validator");
    }

    private static MarketParameters ReadMarket(JsonFields fields)
    {
        MarketParameters market = new(
            fields.Parsed<MarketClock>("clock", TryParseWord, "write oracle or block"),
            fields.Parsed<Instant>("firstEpoch", UtcTime.TryParse, TimeForm),
            ReadSeconds(fields, "epochSeconds"),
            ReadSeconds(fields, "graceSeconds"),
            ReadPrice(fields, "gridFeeMicroPerKwh"),
            ReadPrice(fields, "retailMicroPerKwh"),
            ReadPrice(fields, "feedInMicroPerKwh"),
            ReadAccountId(fields, "utility"),
            ReadAccountId(fields, "gridOperator"));
        fields.End();
        return market;
    }

    private static GenesisAccount ReadAccount(JsonFields fields)
    {
        GenesisAccount account = new(
            ReadAccountId(fields, "account"),
            fields.Parsed<UserKind>("kind", TryParseWord, "write consumer, prosumer or operator"),
            fields.Texts<Role>(
                "roles",
                8,
                TryParseWord,
                "write authority, amiService, oracleOperator, treasury, recRegulator or governance")
                .Aggregate(Role.None, static (all, role) => all | role),
            fields.Parsed<PublicKey>("key", PublicKey.TryParse, KeyForm),
            new Money(fields.Integer("depositMicro", 0, Limits.MaxMoneyMicro)));
        fields.End();
        return account;
    }

    private static Command.AssignMeter ReadMeter(JsonFields fields)
    {
        Command.AssignMeter meter = new(
            fields.Parsed<MeterId>("meter", MeterId.TryParse, NameForm),
            ReadAccountId(fields, "owner"),
            fields.Parsed<PublicKey>("key", PublicKey.TryParse, KeyForm),
            fields.Integer("importRatingW", 1, Limits.MaxRatingW),
            fields.Integer("exportRatingW", 1, Limits.MaxRatingW));
        fields.End();
        return meter;
    }

    private static AgentGrant ReadAgent(JsonFields fields)
    {
        AgentGrant grant = new(ReadAccountId(fields, "account"), ReadAccountId(fields, "agent"));
        fields.End();
        return grant;
    }

    private static AccountId ReadAccountId(JsonFields fields, string name) =>
        fields.Parsed<AccountId>(name, AccountId.TryParse, NameForm);

    private static Price ReadPrice(JsonFields fields, string name) =>
        new(fields.Integer(name, 0, Limits.MaxPriceMicroPerKwh));

    private static Duration ReadSeconds(JsonFields fields, string name) =>
        new(fields.SecondsAsMicros(name, Limits.MaxEpochMicros / Instant.MicrosPerSecond));

    /// <summary>A word of an enumeration in camel case; numbers and combinations are refused.</summary>
    internal static bool TryParseWord<T>(string text, out T value)
        where T : struct, Enum
    {
        foreach (T candidate in Enum.GetValues<T>())
        {
            if (Word(candidate) == text)
            {
                value = candidate;
                return candidate is not Role.None;
            }
        }

        value = default;
        return false;
    }

    internal static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
