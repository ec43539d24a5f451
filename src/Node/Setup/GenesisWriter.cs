using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text.Encodings.Web;
using System.Text.Json;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Setup;

/// <summary>Writes a <see cref="GenesisBlock"/> as indented JSON.</summary>
internal static class GenesisWriter
{
    private static void WriteWork(Utf8JsonWriter json, WorkParameters? work)
    {
        if (work is not null)
        {
            json.WriteStartObject("work");
            json.WriteNumber("blockTimeMillis", work.BlockTime.Micros / 1_000);
            json.WriteNumber("depth", work.Depth);
            json.WriteNumber("initialDifficulty", work.InitialDifficulty.Hashes);
            json.WriteEndObject();
        }
    }

    public static byte[] Render(GenesisBlock genesis)
    {
        ArrayBufferWriter<byte> buffer = new();
        JsonWriterOptions options = new()
        {
            Indented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        using (Utf8JsonWriter json = new(buffer, options))
        {
            json.WriteStartObject();
            json.WriteString("chain", genesis.Chain.ToString());
            json.WriteString("consensus", genesis.Consensus.Word());
            json.WriteNumber("consensusWindow", genesis.ConsensusWindow);
            WriteWork(json, genesis.Work);
            json.WriteString("time", UtcTime.Render(genesis.Time));
            WriteList(json, "validators", genesis.Validators.Validators, WriteValidator);
            WriteMarket(json, genesis.Market);
            json.WriteStartArray("books");
            foreach (GenesisBook book in genesis.Books)
            {
                GenesisBookJson.Write(json, book);
            }

            json.WriteEndArray();
            WriteList(json, "accounts", genesis.Accounts, WriteAccount);
            WriteList(json, "meters", genesis.Meters, WriteMeter);
            WriteList(json, "agents", genesis.Agents, WriteAgent);
            json.WriteStartObject("governance");
            json.WriteNumber("threshold", genesis.Governance.Threshold);
            json.WriteNumber("minLockSeconds", Seconds(genesis.Governance.MinLock));
            json.WriteEndObject();
            GenesisStaking.Write(json, genesis);
            GenesisLinesJson.Write(json, genesis.Lines);
            GenesisLossesJson.Write(json, genesis.Losses);
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static void WriteList<T>(
        Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteValidator(Utf8JsonWriter json, Validator validator)
    {
        json.WriteString("name", validator.Name.ToString());
        json.WriteString("publicKey", validator.Key.ToString());
        json.WriteNumber("power", validator.Power);
    }

    private static void WriteMarket(Utf8JsonWriter json, MarketParameters market)
    {
        json.WriteStartObject("market");
        json.WriteString("clock", GenesisReader.Word(market.Clock));
        json.WriteString("firstEpoch", UtcTime.Render(market.FirstEpoch));
        json.WriteNumber("epochSeconds", Seconds(market.EpochLength));
        json.WriteNumber("graceSeconds", Seconds(market.Grace));
        json.WriteNumber("gridFeeMicroPerKwh", market.GridFee.MicroPerKwh);
        json.WriteNumber("retailMicroPerKwh", market.Retail.MicroPerKwh);
        json.WriteNumber("feedInMicroPerKwh", market.FeedIn.MicroPerKwh);
        json.WriteString("utility", market.Utility.ToString());
        json.WriteString("gridOperator", market.GridOperator.ToString());
        json.WriteEndObject();
    }

    private static void WriteAccount(Utf8JsonWriter json, GenesisAccount account)
    {
        json.WriteString("account", account.Account.ToString());
        json.WriteString("kind", GenesisReader.Word(account.Kind));
        json.WriteStartArray("roles");
        foreach (Role role in Enum.GetValues<Role>())
        {
            if (role != Role.None && account.Roles.HasFlag(role))
            {
                json.WriteStringValue(GenesisReader.Word(role));
            }
        }

        json.WriteEndArray();
        json.WriteString("key", account.Key.ToString());
        json.WriteNumber("depositMicro", account.Deposit.Micro);
    }

    private static void WriteMeter(Utf8JsonWriter json, Command.AssignMeter meter)
    {
        json.WriteString("meter", meter.Meter.ToString());
        json.WriteString("owner", meter.Owner.ToString());
        json.WriteString("key", meter.Key.ToString());
        json.WriteNumber("importRatingW", meter.ImportRatingW);
        json.WriteNumber("exportRatingW", meter.ExportRatingW);
    }

    private static void WriteAgent(Utf8JsonWriter json, AgentGrant grant)
    {
        json.WriteString("account", grant.Account.ToString());
        json.WriteString("agent", grant.Agent.ToString());
    }

    private static decimal Seconds(Duration duration) => duration.Micros / 1_000_000m;
}
