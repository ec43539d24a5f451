using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.Json.Nodes;
using EnergyNode.Ledger;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Hosting;
using EnergyNode.Node.Persistence;
using EnergyNode.Node.Setup;

namespace EnergyNode.Node.Cli;

/// <summary><c>energynode verify DIR</c>: re-checks a stopped node's data from genesis on.</summary>
internal sealed class VerifyCommand(TextWriter output)
{
    private const int MostFindingsShown = 20;

    /// <param name="directory">A data directory, or a node's directory with <c>data</c> below it.</param>
    /// <param name="genesisFile">Null for the copy that stands beside the journal.</param>
    /// <param name="expectHeight">The height that the chain must at least have; null for any.</param>
    public int Run(string directory, string? genesisFile, long? expectHeight, bool json)
    {
        string data = JournalDirectory.Find(directory);
        GenesisBlock genesis = GenesisFile.Load(genesisFile ?? Path.Combine(data, GenesisFile.Name));
        LedgerState state = genesis.BuildState(out string? problem)
            ?? throw new CommandFailedException(ExitCodes.Failed, $"the genesis contradicts itself: {problem}");
        ChainVerification chain = new(genesis, state, new Ed25519Verifier());
        JournalReport report = JournalVerifier.Verify(data, null, chain.Visit);
        chain.Finish();
        List<JournalFinding> findings = [.. report.Findings, .. chain.Findings];
        AddFileFindings(findings, report, genesis, data, chain.Height, expectHeight);
        if (json)
        {
            PrintJson(chain, report, findings);
        }
        else
        {
            Print(data, chain, report, findings);
        }

        return findings.Count == 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static void AddFileFindings(
        List<JournalFinding> findings,
        JournalReport report,
        GenesisBlock genesis,
        string data,
        Height height,
        long? expectHeight)
    {
        if (report.Identity is { } identity && identity.GenesisHash != genesis.ComputeHash())
        {
            findings.Add(JournalFinding.OfFile(
                $"{data}: the journal was begun with genesis {identity.GenesisHash.Short()}, "
                + $"this one is {genesis.ComputeHash().Short()}"));
        }

        if (expectHeight is { } expected && height.Value < expected)
        {
            findings.Add(JournalFinding.OfFile(
                $"{data}: the chain ends at height {height}, but {expected} was expected: the tail is cut"));
        }
    }

    private void Print(
        string data, ChainVerification chain, JournalReport report, List<JournalFinding> findings)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {data}
              journal records         {report.RecordsChecked,12:N0}   checksums, sequence, database integrity
              blocks                  {chain.Height.Value,12:N0}   parents, heights, batch roots
              commit signatures       {chain.CommitSignatures,12:N0}   each block by a quorum of its validators
              batches                 {chain.Batches,12:N0}   signatures, hashes
              meter readings          {chain.Readings,12:N0}   signatures of the meters
              commands executed       {chain.Commands,12:N0}   from genesis on
              checkpoint certificates {chain.Checkpoints,12:N0}   state and receipts roots by a quorum
              height {chain.Height}, state root {chain.StateRoot}
            """));
        if (report.TornEnd is { } torn)
        {
            output.WriteLine($"note: {torn}; give --expect-height to be sure that nothing is missing");
        }

        for (int i = 0; i < findings.Count && i < MostFindingsShown; i++)
        {
            output.WriteLine($"WRONG: {findings[i]}");
        }

        if (findings.Count > MostFindingsShown || report.MoreFindings)
        {
            output.WriteLine("and more");
        }

        output.WriteLine(findings.Count == 0 ? "all good" : $"{findings.Count} findings");
    }

    private void PrintJson(ChainVerification chain, JournalReport report, List<JournalFinding> findings)
    {
        JsonArray list = [];
        foreach (JournalFinding finding in findings)
        {
            list.Add(new JsonObject
            {
                ["persistenceId"] = finding.PersistenceId,
                ["sequenceNumber"] = finding.SequenceNumber,
                ["what"] = finding.What,
            });
        }

        JsonObject answer = new()
        {
            ["ok"] = findings.Count == 0,
            ["records"] = report.RecordsChecked,
            ["height"] = chain.Height.Value,
            ["stateRoot"] = chain.StateRoot.ToString(),
            ["commitSignatures"] = chain.CommitSignatures,
            ["batches"] = chain.Batches,
            ["readings"] = chain.Readings,
            ["commands"] = chain.Commands,
            ["checkpoints"] = chain.Checkpoints,
            ["tornEnd"] = report.TornEnd,
            ["findings"] = list,
        };
        output.WriteLine(answer.ToJsonString());
    }
}
