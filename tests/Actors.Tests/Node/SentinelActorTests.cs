using System.Linq;
using EnergyNode.Actors.Node;
using EnergyNode.Actors.Ports;
using EnergyNode.Actors.TestKit;
using EnergyNode.Consensus;
using EnergyNode.Consensus.Evidence;
using EnergyNode.Ledger;
using Xunit;
using static EnergyNode.Actors.Tests.Node.Village;

namespace EnergyNode.Actors.Tests.Node;

public sealed class SentinelActorTests
{
    private static readonly Height Seven = new(7);

    private readonly ActorTestKit _kit = new(new SeededRunner(1, Start), "test");
    private readonly MemoryJournal _journal = new();
    private readonly TestProbe _mempool;

    public SentinelActorTests() => _mempool = _kit.CreateProbe("mempool");

    [Fact]
    public void Who_begins_to_lead_hands_in_all_that_it_holds_together()
    {
        Hold("v3", "v4");
        IActorRef sentinel = Create();
        _mempool.ExpectNoMsg();

        sentinel.Tell(new SentinelMessage.Leading(true));

        MempoolMessage.SubmitOwn handed = _mempool.ExpectMsg<MempoolMessage.SubmitOwn>();
        Assert.Equal([Key("v3"), Key("v4")], handed.Batches.Select(CulpritOf).OrderBy(key => key == Key("v4")));
        sentinel.Tell(new SentinelMessage.Leading(true));
        _mempool.ExpectNoMsg();
    }

    [Fact]
    public void Who_leads_hands_in_what_it_finds_as_soon_as_the_height_is_decided()
    {
        IActorRef sentinel = Create();
        sentinel.Tell(new SentinelMessage.Leading(true));
        Lie(sentinel, "v4");
        _mempool.ExpectNoMsg();
        sentinel.Tell(Applied(Decide(Block(Seven.Value + 1, default))));
        Assert.Single(_mempool.ExpectMsg<MempoolMessage.SubmitOwn>().Batches);
    }

    [Fact]
    public void Who_leads_no_longer_waits_for_its_turn()
    {
        IActorRef sentinel = Create();
        sentinel.Tell(new SentinelMessage.Leading(true));
        sentinel.Tell(new SentinelMessage.Leading(false));
        Lie(sentinel, "v4");
        sentinel.Tell(Applied(Decide(Block(Seven.Value + 1, default))));
        _mempool.ExpectNoMsg();
        _kit.Runner.RunFor(EvidenceDesk.LongestTurn);
        Assert.Single(_mempool.ExpectMsg<MempoolMessage.SubmitOwn>().Batches);
    }

    private void Hold(params string[] culprits)
    {
        long sequence = 0;
        foreach (string culprit in culprits)
        {
            sequence++;
            _journal.Append(
                [new JournalRecord(
                    PersistenceIds.Evidence,
                    sequence,
                    Start,
                    SentinelActor.EvidenceManifest,
                    DoubleVote(Seven, culprit).ToArray(),
                    "")],
                _mempool.Ref,
                sequence);
            _mempool.ExpectMsg<JournalAppended>();
        }
    }

    /// <summary>The turn of v1 with what these tests find does not come at once.</summary>
    private IActorRef Create()
    {
        IActorRef sentinel = _kit.System.ActorOf(Props.Create(() => new SentinelActor(
            new NodeIdentity(Genesis(), Key("v1")),
            new NodeTimings(),
            new KeyedSigner("v1"),
            Verifier,
            _journal,
            new RecordingTransport(),
            _mempool.Ref,
            _mempool.Ref)));
        sentinel.Tell(new LedgerMessage.Ready(Head(Seven.Value), [], null));
        return sentinel;
    }

    private static void Lie(IActorRef sentinel, string name)
    {
        foreach (string block in new[] { "one", "other" })
        {
            sentinel.Tell(Heard(name, new ConsensusMessage.Prepare(Seven.Next, View.Zero, Hash(block))));
        }
    }

    private static SentinelInput.Heard Heard(string name, ConsensusMessage message)
    {
        ValidatorIndex sender = Validators.IndexOf(Key(name))!.Value;
        MessageSigner signer = new(Chain, new KeyedSigner(name));
        return new SentinelInput.Heard(signer.Sign(message, sender), Validators);
    }

    private static Hash32 Hash(string text) => Hash32.Of(System.Text.Encoding.ASCII.GetBytes(text));

    private static PublicKey CulpritOf(System.ReadOnlyMemory<byte> batch)
    {
        Command.SubmitEvidence command =
            Assert.IsType<Command.SubmitEvidence>(Assert.Single(Verify(batch).Value.Commands));
        return FaultEvidence.Decode(command.Evidence.Span)!.Culprit;
    }
}
