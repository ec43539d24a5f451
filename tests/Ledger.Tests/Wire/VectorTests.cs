using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;
using static EnergyNode.Ledger.Tests.WireSamples;

namespace EnergyNode.Ledger.Tests.Wire;

/// <summary><c>docs/spec/vectors/ledger.json</c>, from which clients in other languages are tested.</summary>
public sealed class VectorTests
{
    [Fact]
    public void The_reference_signer_follows_RFC_8032()
    {
        ReferenceEd25519 signer = new(
            Convert.FromHexString("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
        Assert.Equal("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", signer.PublicKey.ToString());
        Assert.Equal(
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
            signer.Sign([]).ToString());
    }

    [Fact]
    public void The_bytes_of_every_type_are_those_of_the_vectors()
    {
        string actual = Json(Vectors());
        string file = Path.Combine(Repository(), "docs", "spec", "vectors", "ledger.json");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
        }

        Assert.Equal(File.ReadAllText(file), actual);
    }

    private static List<(string Name, string Value)> Vectors()
    {
        SignedBatch batch = Batch([.. Commands.Select(one => one.Command)]);
        Block block = Block(batch.Hash);
        List<(string, string)> vectors =
        [
            ("seeds", "Ed25519 seeds are the SHA-256 of the ASCII names gateway, meter-1, validator-1 and so on"),
            ("gateway public key", Gateway.PublicKey.ToString()),
            ("meter-1 public key", MeterSigner.PublicKey.ToString()),
            ("validator-1 public key", Proposer.PublicKey.ToString()),
        ];
        vectors.AddRange(Commands.Select(
            one => ($"command {one.Name}", Hex(writer => CommandCodec.Encode(one.Command, writer)))));
        vectors.AddRange(
        [
            ("reading signature", Reading().Signature.ToString()),
            ("batch", Convert.ToHexStringLower(batch.Bytes.Span)),
            ("batch signature", batch.Signature.ToString()),
            ("batch hash", batch.Hash.ToString()),
            ("block header", Hex(block.Header.Encode)),
            ("block hash", block.Hash.ToString()),
            ("block", Hex(block.Encode)),
            ("validator set", Hex(Validators().Encode)),
            ("validator set hash", Validators().Hash.ToString()),
            ("receipts", Hex(Receipts().Encode)),
            ("genesis", Hex(Genesis().Encode)),
            ("genesis hash", Genesis().ComputeHash().ToString()),
            ("genesis state root", Genesis().BuildState(out _)!.CommitRoot().ToString()),
        ]);
        vectors.AddRange(Leaves());
        return vectors;
    }

    /// <summary>One leaf of each table.</summary>
    private static IEnumerable<(string, string)> Leaves()
    {
        LedgerState state = Genesis().BuildState(out _)!;
        AccountId alice = Account("alice");
        BookId book = BookId.Parse("north-solar");
        state.Statements.Set(alice, new Statement { Consumption = new WattHours(281), WithoutMarket = new Money(-5) });
        state.Nonces.Set(Gateway.PublicKey, default(NonceWindow).With(1).With(3));
        state.Orders.Set(
            new OrderId(1),
            new OpenOrder(
                alice, book, Side.Buy, TimeInForce.GoodTillCancelled, new Price(60_000), new Price(50_000),
                new Price(10_000), new WattHours(100)));
        state.EpochResults.Set(
            new BookEpoch(book, new EpochIndex(0)),
            new EpochResult(new Price(130_000), new WattHours(600), 1, 2, new Height(1)));
        state.EpochResults.Set(
            new BookEpoch(book, new EpochIndex(1)), new EpochResult(null, default, 0, 0, new Height(2)));
        state.OrderCounts.Set(alice, 1);
        WireSamples.FillRegistry(state);
        state.Staking.Unbondings.Set(
            new UnbondingKey(Instant.FromSeconds(1_801_814_400), 1),
            new Unbonding(Proposer.PublicKey, new Money(1_000_000), new Height(9)));
        state.Staking.Slashes.Set(
            1,
            new SlashRecord(
                Proposer.PublicKey, OffenceKind.DoubleVote, new Height(7), Instant.FromSeconds(1_800_000_000),
                new Money(3_000_000), new Money(150_000)));
        state.CommitRoot();
        int last = 0;
        foreach (StateEntry entry in state.EntriesFrom([]))
        {
            if (entry.Key.Span[0] != last || last == StateTables.EpochResults)
            {
                last = entry.Key.Span[0];
                yield return ($"leaf {last}",
                    $"{Convert.ToHexStringLower(entry.Key.Span)} {Convert.ToHexStringLower(entry.Value.Span)}");
            }
        }
    }

    private static string Hex(Action<BorshWriter> encode) => Convert.ToHexStringLower(Bytes(encode));

    private static string Json(List<(string Name, string Value)> vectors)
    {
        StringBuilder text = new("[\n");
        for (int i = 0; i < vectors.Count; i++)
        {
            string end = i == vectors.Count - 1 ? "\n" : ",\n";
            text.Append($"  {{ \"name\": \"{vectors[i].Name}\", \"value\": \"{vectors[i].Value}\" }}{end}");
        }

        return text.Append("]\n").ToString();
    }

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
