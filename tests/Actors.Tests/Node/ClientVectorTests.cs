using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using EnergyNode.Actors.Clients;
using EnergyNode.Actors.Node;
using EnergyNode.Consensus;
using EnergyNode.Ledger;
using EnergyNode.Market.Execution;
using Xunit;
using static EnergyNode.Actors.Tests.Node.Village;

namespace EnergyNode.Actors.Tests.Node;

/// <summary><c>docs/spec/vectors/clients.json</c>, and that its bytes are read back and nothing else is.</summary>
public sealed class ClientVectorTests
{
    private static readonly Hash32 Hash = Hash32.Of("batch"u8);

    private static readonly (string Name, byte[] Bytes)[] Vectors =
    [
        ("receipt admitted", new ClientReceipt.Admitted(Hash).ToArray()),
        ("receipt refused", new ClientReceipt.Refused(Hash, AdmissionRefusal.QuotaExceeded).ToArray()),
        ("receipt final", Final().ToArray()),
        ("receipt passed over",
            new ClientReceipt.Final(Hash, new Height(2), BatchStatus.NonceUnusable, null).ToArray()),
        ("query head", new ClientQuery.Head(7).ToArray()),
        ("query entries", new ClientQuery.Entries(8, new byte[] { 5 }, new byte[] { 5, 1 }).ToArray()),
        ("query receipts", new ClientQuery.Receipts(9, Hash).ToArray()),
        ("answer head", new ClientAnswer.Head(7, new Height(2), Hash).ToArray()),
        ("answer entries",
            new ClientAnswer.Entries(8, new Height(2), Hash, [new([5, 1], [1, 2, 3])], true).ToArray()),
        ("answer receipts", new ClientAnswer.Receipts(9, new Height(2), Hash, Final()).ToArray()),
        ("answer receipts unknown", new ClientAnswer.Receipts(9, new Height(2), Hash, null).ToArray()),
        ("frame batches", BatchFrames.Batches([new byte[] { 1, 2 }, new byte[] { 3 }])),
        ("frame batch request", BatchFrames.Request([Hash])),
        (
            "decided block (signatures are not Ed25519)",
            Decide(Block(1, Hash, Batch("a", 1)), Batch("a", 1)).ToArray(new BorshWriter())),
    ];

    [Fact]
    public void The_bytes_are_those_of_the_vectors()
    {
        StringBuilder text = new("[\n");
        for (int i = 0; i < Vectors.Length; i++)
        {
            string end = i == Vectors.Length - 1 ? "\n" : ",\n";
            string hex = Convert.ToHexStringLower(Vectors[i].Bytes);
            text.Append($"  {{ \"name\": \"{Vectors[i].Name}\", \"value\": \"{hex}\" }}{end}");
        }

        string actual = text.Append("]\n").ToString();
        string file = Path.Combine(Repository(), "docs", "spec", "vectors", "clients.json");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(file, actual);
        }

        Assert.Equal(File.ReadAllText(file), actual);
    }

    [Fact]
    public void What_is_read_is_written_again_the_same_and_truncated_or_longer_bytes_are_refused()
    {
        foreach ((string name, byte[] bytes) in Vectors)
        {
            Assert.Equal((name, Hex(bytes)), (name, Hex(Reread(name, bytes))));
            for (int length = 0; length < bytes.Length; length++)
            {
                Assert.Null(Reread(name, bytes[..length]));
            }

            Assert.Null(Reread(name, [.. bytes, 0]));
        }
    }

    [Fact]
    public void Changed_bytes_never_throw_and_have_one_encoding_only()
    {
        foreach ((string name, byte[] bytes) in Vectors)
        {
            for (int bit = 0; bit < bytes.Length * 8; bit++)
            {
                byte[] changed = [.. bytes];
                changed[bit / 8] ^= (byte)(1 << (bit % 8));
                if (Reread(name, changed) is { } again)
                {
                    Assert.Equal((name, Hex(changed)), (name, Hex(again)));
                }
            }
        }
    }

    private static string Hex(byte[]? bytes) => bytes is null ? "refused" : Convert.ToHexString(bytes);

    private static ClientReceipt.Final Final() => new(
        Hash,
        new Height(2),
        BatchStatus.Executed,
        new BatchReceipts(Hash, [new Receipt(LedgerError.None, 7), new Receipt(LedgerError.InsufficientBalance, 0)]));

    private static byte[]? Reread(string name, byte[] bytes) => name.Split(' ')[0] switch
    {
        "receipt" => ClientReceipt.Decode(bytes)?.ToArray(),
        "query" => ClientQuery.Decode(bytes)?.ToArray(),
        "answer" => ClientAnswer.Decode(bytes)?.ToArray(),
        "decided" => DecidedBlock.Read(
            bytes,
            Validators,
            new MessageVerifier(Chain, Verifier, ConsensusProtocol.Pbft),
            new BatchVerifier(Chain, Verifier),
            out _)?.ToArray(new BorshWriter()),
        _ when name == "frame batches" => Batches(BatchFrames.ReadBatches(bytes)),
        _ => BatchFrames.ReadRequest(bytes) is { } hashes ? BatchFrames.Request(hashes) : null,
    };

    private static byte[]? Batches(List<ReadOnlyMemory<byte>>? batches) =>
        batches is null ? null : BatchFrames.Batches(batches);

    private static string Repository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "EnergyNode.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("The tests do not run inside the repository.");
    }
}
