using System.Linq;
using EnergyNode.Actors.Node;
using EnergyNode.Ledger;
using Xunit;
using static EnergyNode.Actors.Tests.Node.Village;

namespace EnergyNode.Actors.Tests.Node;

public sealed class PayloadDeskTests
{
    private readonly Mempool _pool = new(new MempoolLimits());
    private readonly PayloadDesk _desk;

    public PayloadDeskTests()
    {
        _pool.UpdateSigner(Key("a"), default);
        _desk = new PayloadDesk(_pool);
    }

    [Fact]
    public void A_block_is_complete_once_for_each_request_and_stays_so_when_the_pool_drops_its_batches()
    {
        Verified<SignedBatch> pooled = Batch("a", 1);
        Verified<SignedBatch> other = Batch("stranger", 1);
        _pool.Add(pooled, Start);
        Block block = Block(1, default, pooled, other);
        DecidedBlock decided = Decide(block, pooled, other);
        _desk.Want(block, Key("v2"));
        Assert.Empty(_desk.TakeComplete());

        _desk.HoldIfWanted(other);
        Assert.Same(block, Assert.Single(_desk.TakeComplete()));
        Assert.Empty(_desk.TakeComplete());
        _pool.Remove(pooled.Value.Hash);

        Assert.Equal(
            [pooled.Value.Hash, other.Value.Hash],
            _desk.Assemble(decided.Decision)!.Batches.Select(batch => batch.Value.Hash));
        _desk.Want(block, Key("v2"));
        Assert.Same(block, Assert.Single(_desk.TakeComplete()));
        _desk.Forget(new Height(1));
        Assert.Null(_desk.Assemble(decided.Decision));
    }

    [Fact]
    public void What_is_there_already_stays_until_the_rest_comes()
    {
        Verified<SignedBatch> pooled = Batch("a", 1);
        Verified<SignedBatch> late = Batch("stranger", 1);
        _pool.Add(pooled, Start);
        Block block = Block(1, default, pooled, late);
        _desk.Want(block, Key("v2"));
        Assert.Empty(_desk.TakeComplete());

        _pool.Remove(pooled.Value.Hash);
        _desk.HoldIfWanted(late);
        Assert.Same(block, Assert.Single(_desk.TakeComplete()));
        Assert.NotNull(_desk.Assemble(Decide(block, pooled, late).Decision));
    }

    [Fact]
    public void What_nobody_wants_is_not_held()
    {
        Verified<SignedBatch> batch = Batch("stranger", 1);
        _desk.HoldIfWanted(batch);
        Assert.False(_desk.Holds(batch.Value.Hash));
        _desk.Hold(new Height(1), [batch]);
        Assert.True(_desk.Holds(batch.Value.Hash));
    }

    [Fact]
    public void Missing_batches_are_asked_of_the_proposer_first_and_then_of_the_others_in_turn()
    {
        Verified<SignedBatch>[] batches = [Batch("a", 1), Batch("a", 2), Batch("a", 3)];
        _pool.Add(batches[1], Start);
        _desk.Want(Block(1, default, batches), Key("v3"));
        Assert.Empty(_desk.TakeComplete());
        PublicKey[] others = [Key("v2"), Key("v3"), Key("v4")];
        Hash32[] missing = [.. new[] { batches[0], batches[2] }.Select(batch => batch.Value.Hash).Order()];

        foreach (string expected in (string[])["v3", "v2", "v3", "v4", "v2"])
        {
            (PublicKey from, System.Collections.Generic.List<Hash32> asked) = Assert.Single(_desk.NextRequests(others));
            Assert.Equal(Key(expected), from);
            Assert.Equal(missing, asked);
        }

        Assert.Equal(Key("v3"), _desk.NextRequests([])[0].From);
    }

    [Fact]
    public void Only_so_many_blocks_are_wanted_at_a_time_and_executed_heights_are_forgotten()
    {
        for (int height = 1; height <= Limits.MaxWantedBlocks + 1; height++)
        {
            _desk.Want(Block(height, default, Batch("a", height)), Key("v2"));
        }

        Assert.Equal(Limits.MaxWantedBlocks, _desk.NextRequests([]).Count);
        _desk.Forget(new Height(4));
        Assert.Equal(Limits.MaxWantedBlocks - 3, _desk.NextRequests([]).Count);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_block_whose_batches_are_larger_than_a_block_may_be_is_never_complete(int above, bool complete)
    {
        Verified<SignedBatch>[] batches =
        [
            .. Enumerable.Range(1, 60).Select(nonce => Batch("a", nonce, size: 80_000)),
        ];
        int each = batches[0].Value.Bytes.Length;
        batches = [.. batches.Take((Ledger.Limits.MaxBlockBytes / each) + above)];
        _desk.Hold(new Height(1), batches);
        _desk.Want(Block(1, default, batches), Key("v2"));
        Assert.Equal(complete ? 1 : 0, _desk.TakeComplete().Count);
        Assert.Empty(_desk.NextRequests([]));
    }
}
