using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Text.Json.Nodes;
using EnergyNode.Actors.Node;
using EnergyNode.Consensus.Evidence;
using EnergyNode.Ledger;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Persistence;
using EnergyNode.Node.Setup;
using Command = System.CommandLine.Command;

namespace EnergyNode.Node.Cli;

/// <summary><c>energynode evidence</c>: proofs that a validator broke the protocol.</summary>
internal sealed class EvidenceCommand(TextWriter output)
{
    public const string Extension = ".evidence";

    public static Command Build()
    {
        Option<bool> json = CommonOptions.Json();
        Option<string?> genesis = new("--genesis")
        {
            Description = "genesis.json; default: the one beside the file or the journal",
        };
        Argument<string> file = new("file") { Description = "evidence, as `evidence list --out` writes it" };
        Command verify = new("verify", "Says whether a file proves that a validator lied: 0 yes, 1 no.")
        {
            file, genesis, json,
        };
        verify.SetAction(parsed => new EvidenceCommand(Console.Out).Verify(
            parsed.GetValue(file)!, parsed.GetValue(genesis), parsed.GetValue(json)));
        Argument<string> directory = new("directory") { Description = "the data directory of a node that is stopped" };
        Option<string?> target = new("--out") { Description = "write each piece of evidence into this directory" };
        Command list = new("list", "Lists what a stopped node found out by itself.")
        {
            directory, genesis, target, json,
        };
        list.SetAction(parsed => new EvidenceCommand(Console.Out).List(
            parsed.GetValue(directory)!,
            parsed.GetValue(genesis),
            parsed.GetValue(target),
            parsed.GetValue(json)));
        return new Command(
            "evidence",
            "Checks proofs that a validator lied, with nothing but the validator set.\n\n"
            + "Example: energynode evidence verify case.evidence --genesis net/genesis.json")
        {
            verify, list,
        };
    }

    public int Verify(string file, string? genesisFile, bool json)
    {
        string beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, GenesisFile.Name);
        byte[] bytes = BoundedFile.Read(file, Ledger.Limits.MaxEvidenceBytes, "name an evidence file");
        GenesisBlock genesis = GenesisFile.Load(genesisFile ?? beside);
        EvidenceRefusal refusal = new EvidenceVerifier(genesis.Chain, new Ed25519Verifier()).Verify(
            bytes, _ => genesis.Validators, out FaultEvidence? evidence);
        if (json)
        {
            JsonObject answer = evidence is null ? [] : Describe(evidence, genesis.Validators);
            answer["valid"] = refusal == EvidenceRefusal.None;
            answer["reason"] = refusal.ToString();
            output.WriteLine(answer.ToJsonString());
        }
        else
        {
            output.WriteLine(refusal == EvidenceRefusal.None
                ? $"valid: {Words(evidence!, genesis.Validators)}"
                : $"invalid: {Explain(refusal)}");
        }

        return refusal == EvidenceRefusal.None ? ExitCodes.Ok : ExitCodes.Failed;
    }

    public int List(string directory, string? genesisFile, string? target, bool json)
    {
        string data = JournalDirectory.Find(directory);
        GenesisBlock genesis = GenesisFile.Load(genesisFile ?? Path.Combine(data, GenesisFile.Name));
        JsonArray found = [];
        JournalVerifier.Verify(data, null, record =>
        {
            if (record.PersistenceId == PersistenceIds.Evidence
                && FaultEvidence.Decode(record.Payload) is { } evidence)
            {
                JsonObject entry = Describe(evidence, genesis.Validators);
                if (target is not null)
                {
                    entry["file"] = Write(target, record.Payload);
                }

                found.Add(entry);
                if (!json)
                {
                    output.WriteLine(Words(evidence, genesis.Validators));
                }
            }
        });
        output.WriteLine(json
            ? new JsonObject { ["evidence"] = found }.ToJsonString()
            : string.Create(CultureInfo.InvariantCulture, $"{found.Count} pieces of evidence"));
        return ExitCodes.Ok;
    }

    public static JsonObject Describe(FaultEvidence evidence, ValidatorSet set) => new()
    {
        ["id"] = FaultEvidence.IdOf(evidence.ToArray()).ToString(),
        ["kind"] = evidence.Kind.ToString(),
        ["culprit"] = evidence.Culprit.ToString(),
        ["name"] = NameOf(evidence.Culprit, set),
        ["height"] = evidence.Height.Value,
        ["view"] = evidence.View.Value,
        ["bytes"] = evidence.ToArray().Length,
    };

    public static string Words(FaultEvidence evidence, ValidatorSet set) =>
        $"{NameOf(evidence.Culprit, set)} ({evidence.Culprit}), {evidence.Kind} at height {evidence.Height}, "
        + $"view {evidence.View}";

    private static string NameOf(PublicKey key, ValidatorSet set) =>
        set.IndexOf(key) is { } index ? set[index].Name.ToString() : "a stranger";

    private static string Explain(EvidenceRefusal refusal) => refusal switch
    {
        EvidenceRefusal.Malformed => "these bytes are no evidence, or its two statements do not exclude each other",
        EvidenceRefusal.WrongSet => "it is not about a validator of this genesis",
        EvidenceRefusal.NotThatBlock => "the header or the batch is not that of the proposal",
        EvidenceRefusal.NoFault => "the proposal does not have the fault that it is said to have",
        _ => "a signature is not the culprit's, or is for another chain: anyone may have made it up",
    };

    private static string Write(string directory, byte[] evidence)
    {
        try
        {
            Directory.CreateDirectory(directory);
            string path = Path.Combine(directory, FaultEvidence.IdOf(evidence).ToString()[..16] + Extension);
            File.WriteAllBytes(path, evidence);
            return path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(
                ExitCodes.Usage, $"{directory}: cannot be written ({error.Message}); name another directory");
        }
    }
}
