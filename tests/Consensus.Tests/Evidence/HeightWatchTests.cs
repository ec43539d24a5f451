using System.Linq;
using EnergyNode.Consensus.Evidence;
using EnergyNode.Consensus.Tests.Support;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Consensus.Tests.Evidence;

public sealed class HeightWatchTests
{
    private static readonly Height One = new(1);
    private static readonly Hash32 A = Community.NameHash("A");
    private static readonly Hash32 B = Community.NameHash("B");

    private readonly Community _community = new(4);
    private readonly HeightWatch _watch = new();

    public HeightWatchTests() => _watch.Begin(One, _community.Set);

    [Fact]
    public void Halves_of_an_equivocation_meet_by_key_where_two_sets_give_their_signer_two_places()
    {
        ValidatorSet other = new(_community.Set.Validators.Reverse());

        Assert.Empty(Add(_community.Set, 0, A));
        Assert.Empty(Add(other, 0, B));
        FaultEvidence evidence = Assert.Single(Add(other, 3, B));

        Assert.Equal(_community.Set[new ValidatorIndex(0)].Key, evidence.Culprit);
        Assert.Equal(EvidenceKind.DoubleVote, evidence.Kind);
        Assert.True(_watch.Knows(other, new ValidatorIndex(3), Read(A).Promise));
        Assert.False(_watch.Knows(other, new ValidatorIndex(3), Read(B).Promise));
    }

    [Fact]
    public void Many_strangers_are_told_apart_from_each_other_and_from_members()
    {
        Add(_community.Set, 1, A);
        FaultEvidence offence = Assert.Single(Add(_community.Set, 1, B));
        string[] names = [.. Enumerable.Range(0, 20).Select(i => $"stranger {i}")];

        Assert.All(names, name => Assert.True(Note(name, offence)));
        Assert.All(names, name => Assert.False(Note(name, offence)));

        Assert.False(_watch.LogOf(_community.Set, new ValidatorIndex(1)).IsAccused);
        Assert.Equal(1, _watch.LogOf(_community.Set, new ValidatorIndex(1)).Entries.Length);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    public void Nothing_is_left_of_a_height_when_another_one_begins(int validators)
    {
        Add(_community.Set, 1, A);
        Note("stranger", Assert.Single(Add(_community.Set, 1, B)));
        ValidatorSet next = new Community(validators).Set;
        ValidatorIndex last = new(validators - 1);

        _watch.Begin(new Height(65), next);

        Assert.False(_watch.IsRemarkable);
        Assert.Empty(_watch.Statements());
        Assert.Empty(Add(next, last.Value, A));
        Assert.Equal(next[last].Key, Assert.Single(_watch.Statements()).Signer);
    }

    private bool Note(string stranger, FaultEvidence offence) =>
        _watch.LogOf(_community.Set, Community.KeyOf(stranger)).NoteOffence(offence);

    private FaultEvidence[] Add(ValidatorSet set, int sender, Hash32 block) =>
        [.. _watch.Add(set, new ValidatorIndex(sender), Read(block), new SignedStatement(Read(block).Bytes, default))];

    private static ReadStatement Read(Hash32 block)
    {
        byte[] bytes = Statement.Vote(Statement.PrepareTag, One, View.Zero, block);
        return new ReadStatement(bytes, Promise.Read(bytes)!);
    }
}
