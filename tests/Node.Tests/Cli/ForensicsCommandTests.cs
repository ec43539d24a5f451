using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using EnergyNode.Actors.Node;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;
using EnergyNode.Node.Cli;
using EnergyNode.Node.Persistence;
using EnergyNode.Node.Setup;
using EnergyNode.Node.Tests.Crypto;
using EnergyNode.Node.Tests.Persistence;
using EnergyNode.Simulation;
using SQLitePCL;
using Xunit;

namespace EnergyNode.Node.Tests.Cli;

/// <summary>Journals of simulated nodes after a fork, written as a node writes them, and read by the command.</summary>
public sealed class ForensicsCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    static ForensicsCommandTests() => Batteries_V2.Init();

    [Theory]
    [InlineData(ConsensusProtocol.Pbft, 5)]
    [InlineData(ConsensusProtocol.Pbft, 6)]
    [InlineData(ConsensusProtocol.Pos, 1)]
    public void One_honest_journal_and_the_conflicting_decision_name_the_liars(ConsensusProtocol protocol, ulong seed)
    {
        ForkOutcome outcome = ForkTrial.Run(new ForkOptions { Seed = seed, Protocol = protocol });
        Height fork = Assert.IsType<Height>(outcome.Height);
        int far = outcome.Testimonies.First(said => said.IsFar).Node;
        int near = outcome.Testimonies.First(said => !said.IsFar).Node;
        string directory = Write(outcome, far);
        string decision = Path.Combine(_directory.Path, "conflicting.block");
        File.WriteAllBytes(decision, DecisionAt(outcome.Journals[near], fork));

        JsonObject own = Run(outcome, 0, directory);
        JsonObject both = Run(outcome, 0, directory, decision);

        Assert.Empty(own["forks"]!.AsArray());
        Assert.Equal(fork.Value, both["forks"]!.AsArray()[0]!.GetValue<long>());
        Assert.True(both["enough"]!.GetValue<bool>());
        string[] named = [.. both["culprits"]!.AsArray().Select(culprit => culprit!["name"]!.GetValue<string>())];
        Assert.Equal(
            outcome.Liars.Select(liar => outcome.Genesis.Validators[new ValidatorIndex(liar)].Name.ToString()).Order(),
            named.Order());
    }

    public void Dispose() => _directory.Dispose();

    private static byte[] DecisionAt(IReadOnlyList<JournalRecord> journal, Height height) =>
        journal.Where(record => record.PersistenceId == PersistenceIds.Blocks)
            .First(record => record.SequenceNumber == height.Value).Payload;

    private static JsonObject Run(ForkOutcome outcome, int expected, string directory, params string[] decisions)
    {
        using StringWriter output = new();
        int exit = new ForensicsCommand(output, outcome.Signatures).Run([directory], null, decisions, json: true);
        Assert.Equal(expected, exit);
        return JsonNode.Parse(output.ToString())!.AsObject();
    }

    private string Write(ForkOutcome outcome, int node)
    {
        string directory = Path.Combine(_directory.Path, $"node-{node}");
        PublicKey key = outcome.Genesis.Validators[new ValidatorIndex(node)].Key;
        JournalIdentity identity = new(outcome.Genesis.Chain.ToString(), outcome.Genesis.ComputeHash(), key);
        using (SqliteJournal journal = SqliteJournal.Create(directory, identity))
        {
            RecordingRef durable = new();
            Dictionary<string, long> sequences = [];
            foreach (JournalRecord record in outcome.Journals[node])
            {
                long next = sequences.GetValueOrDefault(record.PersistenceId) + 1;
                sequences[record.PersistenceId] = next;
                journal.Append([record with { SequenceNumber = next }], durable, next);
                durable.Expect<JournalAppended>();
            }
        }

        GenesisFile.Save(Path.Combine(directory, GenesisFile.Name), outcome.Genesis);
        return directory;
    }
}
