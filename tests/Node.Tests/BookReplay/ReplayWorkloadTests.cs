using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using EnergyNode.Node.BookReplay;
using EnergyNode.Node.Tests.Configuration;
using Xunit;

namespace EnergyNode.Node.Tests.BookReplay;

public sealed class ReplayWorkloadTests
{
    private static readonly string Data = Path.Combine(Repository.Root, "tests", "Market.Tests", "Data");

    [Fact]
    public void The_first_20_000_operations_give_the_recorded_trades_and_resting_orders()
    {
        IEnumerable<string> operations = File.ReadLines(Path.Combine(Data, "orders_A_20k.csv")).Skip(1);
        IEnumerable<string> requests = operations.Select(ToRequest).Append("{\"op\":\"book\"}");
        string[] answers = ReplayTranscript.Play(string.Join('\n', requests));

        IEnumerable<string> trades = answers[..^1].SelectMany(ReplayWorkload.TradesOf)
            .Select(trade => $"{trade.Taker},{trade.Maker},{trade.Price},{trade.Quantity}");
        Assert.Equal(File.ReadLines(Path.Combine(Data, "trades_A_20k.csv")).Skip(1), trades);

        using JsonDocument book = JsonDocument.Parse(answers[^1]);
        IEnumerable<string> resting = Rows(book, "bids", "buy").Concat(Rows(book, "asks", "sell"))
            .OrderBy(row => row.Id).Select(row => row.Text);
        Assert.Equal(File.ReadLines(Path.Combine(Data, "resting_A_20k.csv")).Skip(1), resting);
    }

    [Theory]
    [InlineData(false, 0xec3a0e122daffe0e)]
    [InlineData(true, 0x531f1c5f4d48cf9d)]
    public void A_million_lines_give_the_digest_that_three_independent_books_agree_on(bool deep, ulong expected)
    {
        ReplayWorkload workload = new(deep);
        BookReplayer replayer = new();
        ulong digest = 14695981039346656037;
        for (int part = 0; part < 100; part++)
        {
            StringBuilder lines = new();
            for (int i = 0; i < 10_000; i++)
            {
                lines.Append(workload.NextLine()).Append('\n');
            }

            string[] answers = ReplayTranscript.Play(replayer, Encoding.UTF8.GetBytes(lines.ToString()));
            Assert.Equal(10_000, answers.Length);
            foreach (string answer in answers)
            {
                Assert.StartsWith("{\"result\":\"ok\"", answer, StringComparison.Ordinal);
                foreach ((long taker, long maker, long price, long quantity) in ReplayWorkload.TradesOf(answer))
                {
                    digest = Hash(Hash(Hash(Hash(digest, taker), maker), quantity), price);
                }
            }
        }

        Assert.Equal(expected, digest);
    }

    private static string ToRequest(string line)
    {
        string[] fields = line.Split(',');
        return fields[0] == "cancel"
            ? $$"""{"op":"cancel","id":{{fields[1]}}}"""
            : $$"""{"op":"add","id":{{fields[1]}},"side":"{{fields[2]}}","price":{{fields[3]}},"qty":{{fields[4]}}}""";
    }

    private static IEnumerable<(long Id, string Text)> Rows(JsonDocument book, string side, string name) =>
        book.RootElement.GetProperty(side).EnumerateArray()
            .Select(row => (row[0].GetInt64(), $"{row[0].GetInt64()},{name},{row[1].GetInt64()},{row[2].GetInt64()}"));

    /// <summary>FNV-1a over the four bytes of a number, lowest first.</summary>
    private static ulong Hash(ulong digest, long number)
    {
        for (int shift = 0; shift < 32; shift += 8)
        {
            digest = unchecked((digest ^ ((ulong)(number >> shift) & 0xFF)) * 1099511628211);
        }

        return digest;
    }
}
