using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Setup;

/// <summary>The part of a genesis file that says how validators change: <c>setChanges</c> and <c>staking</c>.</summary>
internal static class GenesisStaking
{
    private const string AccountForm = "write a name of 1 to 32 characters of A-Z a-z 0-9 . _ -";
    private const long MaxDelaySeconds = Limits.MaxStakingDelayMicros / Instant.MicrosPerSecond;

    /// <exception cref="SetupException">A member is missing, unknown or wrong.</exception>
    public static GenesisBlock Read(JsonFields root, GenesisBlock genesis)
    {
        JsonFields timing = root.Object("setChanges");
        genesis = genesis with
        {
            SetTiming = new SetTiming(
                (int)timing.Integer("epochHeights", 1, Limits.MaxSetEpochHeights),
                (int)timing.Integer("window", 1, Limits.MaxSetWindow)),
        };
        timing.End();
        if (root.ObjectOrNull("staking") is not { } fields)
        {
            return genesis;
        }

        genesis = genesis with
        {
            Staking = ReadRules(fields),
            Stakes = [.. fields.Objects("stakes", Limits.MaxValidators).Select(ReadStake)],
        };
        fields.End();
        return genesis;
    }

    public static void Write(Utf8JsonWriter json, GenesisBlock genesis)
    {
        json.WriteStartObject("setChanges");
        json.WriteNumber("epochHeights", genesis.SetTiming.EpochHeights);
        json.WriteNumber("window", genesis.SetTiming.Window);
        json.WriteEndObject();
        if (genesis.Staking is { } rules)
        {
            json.WriteStartObject("staking");
            WriteRules(json, rules);
            WriteStakes(json, genesis.Stakes);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("staking");
        }
    }

    private static StakingParameters ReadRules(JsonFields fields)
    {
        JsonFields slash = fields.Object("slashPpm");
        SlashFractions fractions = new(
            Fraction(slash, OffenceKind.DoubleProposal),
            Fraction(slash, OffenceKind.DoubleVote),
            Fraction(slash, OffenceKind.Amnesia),
            Fraction(slash, OffenceKind.InvalidProposal),
            Fraction(slash, OffenceKind.ForeignVote));
        slash.End();
        return new StakingParameters(
            new Duration(fields.SecondsAsMicros("unbondingSeconds", MaxDelaySeconds)),
            new Duration(fields.SecondsAsMicros("jailSeconds", MaxDelaySeconds)),
            new Duration(fields.SecondsAsMicros("correlationSeconds", MaxDelaySeconds)),
            fractions,
            (int)fields.Integer("maxValidators", 1, Limits.MaxValidators),
            new Money(fields.Integer("minStakeMicro", 1, Limits.MaxMoneyMicro)),
            fields.Parsed<AccountId>("slashedTo", AccountId.TryParse, AccountForm));
    }

    private static int Fraction(JsonFields fields, OffenceKind kind) =>
        (int)fields.Integer(GenesisReader.Word(kind), 0, SlashFractions.Whole);

    private static GenesisStake ReadStake(JsonFields fields)
    {
        GenesisStake stake = new(
            fields.Parsed<PublicKey>(
                "publicKey", PublicKey.TryParse, "write a public key of 64 hexadecimal digits"),
            fields.Parsed<AccountId>("operator", AccountId.TryParse, AccountForm),
            new Money(fields.Integer("stakeMicro", 1, Limits.MaxBalance)));
        fields.End();
        return stake;
    }

    private static void WriteRules(Utf8JsonWriter json, StakingParameters rules)
    {
        json.WriteStartObject("slashPpm");
        foreach (OffenceKind kind in System.Enum.GetValues<OffenceKind>())
        {
            json.WriteNumber(GenesisReader.Word(kind), rules.Slash.Of(kind));
        }

        json.WriteEndObject();
        json.WriteNumber("unbondingSeconds", Seconds(rules.UnbondingDelay));
        json.WriteNumber("jailSeconds", Seconds(rules.JailTime));
        json.WriteNumber("correlationSeconds", Seconds(rules.CorrelationWindow));
        json.WriteNumber("maxValidators", rules.MaxValidators);
        json.WriteNumber("minStakeMicro", rules.MinStake.Micro);
        json.WriteString("slashedTo", rules.SlashedTo.ToString());
    }

    private static void WriteStakes(Utf8JsonWriter json, IReadOnlyList<GenesisStake> stakes)
    {
        json.WriteStartArray("stakes");
        foreach (GenesisStake stake in stakes)
        {
            json.WriteStartObject();
            json.WriteString("publicKey", stake.Validator.ToString());
            json.WriteString("operator", stake.Operator.ToString());
            json.WriteNumber("stakeMicro", stake.Stake.Micro);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static decimal Seconds(Duration duration) => duration.Micros / 1_000_000m;
}
