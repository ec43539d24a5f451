using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using EnergyNode.Actors.Node;
using EnergyNode.Consensus.Evidence;
using EnergyNode.Ledger;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Persistence;
using EnergyNode.Node.Setup;
using Command = System.CommandLine.Command;

namespace EnergyNode.Node.Cli;

/// <summary><c>energynode forensics DIR…</c>: names who is proved to have lied, from the journals of nodes.</summary>
internal sealed class ForensicsCommand(TextWriter output, ISignatureVerifier signatures)
{
    /// <summary>A block of 4 MiB with the batches and the certificate of 100 validators is below 8 MiB.</summary>
    private const long MaxDecisionBytes = 8L * 1024 * 1024;

    public static Command Build()
    {
        Argument<string[]> directories = new("directories")
        {
            Description = "data directories of nodes that are stopped",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> genesis = new("--genesis")
        {
            Description = "genesis.json; default: that of the first directory",
        };
        Option<string[]> decisions = new("--decision")
        {
            Description = "a decided block with its certificate, as another node sent it",
        };
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "forensics",
            "Names who is proved to have lied; exit code 1 when a fork is not explained.\n\n"
            + "Example: energynode forensics net/validator-1/data net/validator-3/data --json")
        {
            directories, genesis, decisions, json,
        };
        command.SetAction(parsed => new ForensicsCommand(Console.Out, new Ed25519Verifier()).Run(
            parsed.GetValue(directories)!,
            parsed.GetValue(genesis),
            parsed.GetValue(decisions) ?? [],
            parsed.GetValue(json)));
        return command;
    }

    public int Run(string[] directories, string? genesisFile, string[] decisions, bool json)
    {
        string[] journals = [.. directories.Select(JournalDirectory.Find)];
        GenesisBlock genesis = GenesisFile.Load(genesisFile ?? Path.Combine(journals[0], GenesisFile.Name));
        if (genesis.Consensus == ConsensusProtocol.Pow)
        {
            throw new CommandFailedException(
                ExitCodes.Usage, "under pow nobody signs blocks, so a fork convicts nobody; use it for pbft and pos");
        }

        ForensicInquiry inquiry = new(
            genesis.Chain, genesis.Consensus, signatures, genesis.Validators);
        foreach (string journal in journals)
        {
            JournalVerifier.Verify(journal, null, record => ForensicRecords.Take(inquiry, record));
        }

        foreach (string file in decisions)
        {
            byte[] bytes = BoundedFile.Read(file, MaxDecisionBytes, "name a decided block");
            if (ForensicRecords.Decode(bytes) is not { } decision || !inquiry.Add(decision))
            {
                throw new CommandFailedException(
                    ExitCodes.Usage, $"{file}: is no decision that its certificate proves; name another file");
            }
        }

        ForensicReport report = inquiry.Report();
        if (json)
        {
            Print(report, genesis.Validators);
        }
        else
        {
            PrintText(report, genesis.Validators);
        }

        return report.IsEnough ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private void PrintText(ForensicReport report, ValidatorSet set)
    {
        foreach (Height fork in report.Forks)
        {
            output.WriteLine($"fork: two blocks are decided at height {fork}");
        }

        foreach (FaultEvidence culprit in report.Culprits)
        {
            output.WriteLine($"lied: {EvidenceCommand.Words(culprit, set)}");
        }

        output.WriteLine(report.Forks.Count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"no fork; {report.Culprits.Count} liars proved")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Culprits.Count} liars proved, a fork takes {report.Needed}"
                + $"{(report.IsEnough ? "" : ": add the journals of more nodes")}"));
    }

    private void Print(ForensicReport report, ValidatorSet set)
    {
        JsonArray forks = [.. report.Forks.Select(height => (JsonNode)height.Value)];
        JsonArray culprits = [.. report.Culprits.Select(culprit => EvidenceCommand.Describe(culprit, set))];
        output.WriteLine(new JsonObject
        {
            ["forks"] = forks,
            ["culprits"] = culprits,
            ["needed"] = report.Needed,
            ["enough"] = report.IsEnough,
        }.ToJsonString());
    }
}
