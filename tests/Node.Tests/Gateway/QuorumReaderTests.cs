using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using EnergyNode.Actors.Clients;
using EnergyNode.Ledger;
using EnergyNode.Node.Gateway;
using EnergyNode.Node.Tests.Network;
using Xunit;

namespace EnergyNode.Node.Tests.Gateway;

public sealed class QuorumReaderTests
{
    private static readonly Hash32 Root = Hash32.Of("root"u8);

    [Fact]
    public async Task Pages_are_put_together_although_one_validator_lies()
    {
        await using FakeNetwork network = new(4, n =>
        {
            foreach (FakeValidator validator in n.Validators)
            {
                validator.OnQuery = Honest(height: _ => 5);
            }

            n.Validators[1].OnQuery = query => Honest(height: _ => 5)(query) is ClientAnswer.Entries page
                ? page with { Page = [.. page.Page.Select(entry => KeyValuePair.Create(entry.Key, (byte[])[66]))] }
                : null;
        });

        QuorumState state = await ReadAsync(network);

        Assert.Equal(new Height(5), state.Height);
        Assert.Equal(Root, state.StateRoot);
        Assert.Equal([1, 2, 3, 4, 5], state.Parts[0].Select(entry => (int)entry.Key[1]));
        Assert.All(state.Parts[0], entry => Assert.Equal([entry.Key[1]], entry.Value));
        Assert.Equal([7], state.Parts[1].Select(entry => (int)entry.Key[0]));
    }

    [Fact]
    public async Task The_read_begins_again_when_the_chain_moves_on_between_pages()
    {
        await using FakeNetwork network = new(4, n =>
        {
            foreach (FakeValidator validator in n.Validators)
            {
                int asked = 0;
                validator.OnQuery = Honest(height: _ => asked++ < 2 ? 5 : 6);
            }
        });

        QuorumState state = await ReadAsync(network);

        Assert.Equal(new Height(6), state.Height);
        Assert.Equal(5, state.Parts[0].Count);
    }

    [Fact]
    public async Task Heads_tell_who_does_not_answer()
    {
        await using FakeNetwork network = new(4);
        await network.FinishAsync(1);
        await network.Validators[3].StopAsync();
        network.Validators[0].OnQuery = query => new ClientAnswer.Head(query.Id, new Height(8), Root);

        // The connections are made at different times: asking ends when three answer.
        QuorumReader reader = new(network.Client, TimeProvider.System);
        IReadOnlyList<ClientAnswer?> heads;
        do
        {
            heads = await reader.ReadHeadsAsync(default).WaitAsync(Inbox.Patience);
        }
        while (heads.Count(head => head is not null) != 3);

        Assert.Equal(new Height(8), heads[0]!.Height);
        Assert.Null(heads[3]);
    }

    private static Task<QuorumState> ReadAsync(FakeNetwork network) =>
        new QuorumReader(network.Client, TimeProvider.System)
            .ReadAsync([[6], [7]], default)
            .WaitAsync(Inbox.Patience);

    /// <summary>Five entries below 6, two a page, and one below 7.</summary>
    private static Func<ClientQuery, ClientAnswer?> Honest(Func<ClientQuery, long> height) => query =>
    {
        if (query is not ClientQuery.Entries entries)
        {
            return null;
        }

        byte after = entries.After.IsEmpty ? (byte)0 : entries.After.Span[1];
        bool six = entries.Prefix.Span[0] == 6;
        KeyValuePair<byte[], byte[]>[] page = six
            ? [.. Enumerable.Range(after + 1, Math.Min(2, 5 - after)).Select(n =>
                KeyValuePair.Create((byte[])[6, (byte)n], (byte[])[(byte)n]))]
            : [KeyValuePair.Create((byte[])[7], (byte[])[7])];
        return new ClientAnswer.Entries(query.Id, new Height(height(query)), Root, page, six && after + 2 < 5);
    };
}
