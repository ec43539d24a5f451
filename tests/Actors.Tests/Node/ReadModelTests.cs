using System.Collections.Generic;
using System.Linq;
using EnergyNode.Actors.Clients;
using EnergyNode.Actors.Node;
using EnergyNode.Actors.TestKit;
using EnergyNode.Ledger;
using EnergyNode.Market.Execution;
using Xunit;
using static EnergyNode.Actors.Tests.Node.Village;

namespace EnergyNode.Actors.Tests.Node;

public sealed class ReadModelTests
{
    [Fact]
    public void A_node_remembers_the_receipts_of_its_limit_of_batches_and_forgets_the_oldest()
    {
        ActorTestKit kit = new();
        TestProbe peers = kit.CreateProbe();
        IActorRef model = kit.System.ActorOf(Props.Create(() => new ReadModelActor(peers.Ref)));
        Verified<SignedBatch>[] batches =
        [
            .. Enumerable.Range(1, 1_024).Select(nonce => Batch("a", nonce)),
        ];
        SignedBatch passedOver = Batch("b", 1).Value;
        int rounds = Limits.MaxRememberedReceipts / batches.Length;
        LedgerMessage.Applied block = Applied(Decide(Block(1, default)));
        SignedBatch first = Batch("c", 1).Value;
        model.Tell(block with
        {
            Outcome = Outcome(
            [(first, BatchStatus.Executed), (passedOver, BatchStatus.Expired)])
        });
        for (int round = 1; round < rounds; round++)
        {
            Verified<SignedBatch>[] some = [.. Enumerable.Range(1, 1_024).Select(n => Batch($"s{round}", n))];
            model.Tell(block with { Outcome = Outcome([.. some.Select(b => (b.Value, BatchStatus.Executed))]) });
        }

        model.Tell(block with
        {
            Outcome = Outcome(
            [.. batches.Take(1_023).Select(b => (b.Value, BatchStatus.Executed))])
        });
        kit.Runner.RunUntilIdle();
        Assert.Equal(first.Hash, Asked(first.Hash)?.Batch);
        Assert.Null(Asked(passedOver.Hash));
        model.Tell(block with { Outcome = Outcome([(batches[1_023].Value, BatchStatus.Executed)]) });
        Assert.Null(Asked(first.Hash));
        Assert.NotNull(Asked(batches[1_023].Value.Hash));

        ClientReceipt.Final? Asked(Hash32 batch)
        {
            peers.Send(model, new ReadModelActor.AskReceipt(batch));
            return peers.ExpectMsg<ReadModelActor.ReceiptAnswer>().Receipt;
        }
    }

    [Fact]
    public void Pages_hold_the_leaves_of_a_prefix_in_order_and_without_a_gap()
    {
        LedgerState state = Genesis().BuildState(out _)!;
        string[] all = Pages([], []);
        Assert.Equal(all.Order(System.StringComparer.Ordinal), all);
        Assert.Equal(all, Enumerable.Range(0, 256).SelectMany(table => Pages([(byte)table], [])));
        string last = "";
        List<string> walked = [];
        foreach (string key in all)
        {
            string[] rest = Pages([], System.Convert.FromHexString(last));
            walked.Add(rest[0]);
            last = key;
        }

        Assert.Equal(all, walked);
        Assert.Equal(Pages([3], []), Pages([3], [1]));
        Assert.Empty(Pages([3], [9]));

        string[] Pages(byte[] prefix, byte[] after) =>
        [
            .. StatePages.Read(state, Head(0), new ClientQuery.Entries(1, prefix, after)).Page
                .Select(entry => System.Convert.ToHexString(entry.Key)),
        ];
    }

    private static BlockOutcome Outcome((SignedBatch Batch, BatchStatus Status)[] batches) => new(
        new Height(1), default, default, [.. batches.Select(one => new BatchOutcome(
            one.Batch, one.Status, one.Status == BatchStatus.Executed ? new BatchReceipts(one.Batch.Hash, [])
                : null))]);
}
