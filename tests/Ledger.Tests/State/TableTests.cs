using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using EnergyNode.Ledger.Tests.Merkle;
using Xunit;

namespace EnergyNode.Ledger.Tests.State;

/// <summary>Tables with their undo against a plain dictionary that is copied whole.</summary>
public sealed class TableTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_table_is_a_dictionary_with_undo_and_its_leaves_are_its_rows(ulong seed)
    {
        SplitMix random = new(seed);
        Table<OrderId, long> table = NewTable();
        StateMap map = new();
        SortedDictionary<OrderId, long> expected = [];
        SortedDictionary<OrderId, long> before = [];
        bool inScope = false;
        for (int step = 0; step < 8_000; step++)
        {
            OrderId key = new(random.Below(24) - 3);
            switch (random.Below(12))
            {
                case 0 when !inScope:
                    table.BeginScope();
                    (inScope, before) = (true, new(expected));
                    break;
                case 1 when inScope:
                    bool keep = random.Below(2) == 0;
                    table.EndScope(keep);
                    (inScope, expected) = (false, keep ? expected : before);
                    break;
                case 2 when !inScope:
                    table.Flush(map, new BorshWriter(), new BorshWriter());
                    Assert.Equal(Fresh(expected).Root(), map.Root());
                    break;
                case < 7:
                    table.Remove(key);
                    expected.Remove(key);
                    break;
                default:
                    table.Set(key, step);
                    expected[key] = step;
                    break;
            }

            Assert.Equal(expected.Count, table.Count);
            Assert.Equal(expected.TryGetValue(key, out long value), table.TryGet(key, out long row));
            Assert.Equal((value, value), (row, table.GetOrDefault(key)));
            if (step % 5 == 0)
            {
                Assert.Equal(expected, table.Keys.Select(k => new KeyValuePair<OrderId, long>(k, table[k])));
            }
        }
    }

    [Fact]
    public void The_root_after_a_rollback_is_the_root_before()
    {
        LedgerState state = WireSamples.Genesis().BuildState(out _)!;
        Hash32 before = state.CommitRoot();
        AccountId alice = AccountId.Parse("alice");

        state.BeginScope();
        state.Totals = state.Totals with { Orders = 9 };
        state.Parameters = state.Parameters with { Retail = new Price(1) };
        state.Users.Remove(alice);
        state.Balances.Set(alice, default);
        state.Statements.Set(alice, new Statement { Consumption = new WattHours(1) });
        state.Meters.Remove(MeterId.Parse("meter-1"));
        state.Agents.Set(new AgentGrant(alice, alice), true);
        state.Books.Set(BookId.Parse("north-solar"), 7);
        state.Orders.Set(new OrderId(1), default(OpenOrder) with { Owner = alice, Book = BookId.Parse("north-solar") });
        state.OrderCounts.Set(alice, 1);
        state.AccountsByKey.Remove(state.AccountsByKey.Keys[0]);
        state.EndScope(keep: false);

        Assert.Equal(before, state.CommitRoot());
        Assert.Equal(WireSamples.Genesis().BuildState(out _)!.CommitRoot(), state.CommitRoot());
    }

    [Fact]
    public void Every_table_takes_part_in_the_root_and_in_scopes_and_has_a_prefix_of_its_own()
    {
        const BindingFlags all = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        LedgerState state = new();
        FieldInfo[] fields = typeof(LedgerState).GetFields(all);
        object?[] owned = [.. Owned(state), .. Owned(state.Staking)];
        StateTable[] listed = (StateTable[])fields
            .Single(field => field.FieldType == typeof(StateTable[])).GetValue(state)!;

        Assert.Equal(owned.Length, listed.Length);
        Assert.All(owned, table => Assert.Contains(table, listed));
        Assert.Equal(listed.Length, listed.Select(table => table.Prefix).Distinct().Count());
        Assert.Equal(
            typeof(StateTables).GetFields().Select(field => (byte)field.GetRawConstantValue()!).Order(),
            listed.Select(table => table.Prefix).Order());
    }

    private static IEnumerable<object?> Owned(object part) =>
        part.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(field => field.FieldType.IsSubclassOf(typeof(StateTable))).Select(field => field.GetValue(part));

    [Fact]
    public void Keys_are_a_snapshot_that_later_changes_do_not_touch()
    {
        Table<OrderId, long> table = NewTable();
        table.Set(new OrderId(2), 1);
        IReadOnlyList<OrderId> keys = table.Keys;
        table.Set(new OrderId(1), 1);
        table.Remove(new OrderId(2));
        Assert.Equal([new OrderId(2)], keys);
        Assert.Equal([new OrderId(1)], table.Keys);
    }

    private static Table<OrderId, long> NewTable() =>
        new(200, static (key, writer) => writer.I64(key.Value), static (value, writer) => writer.I64(value));

    private static StateMap Fresh(SortedDictionary<OrderId, long> rows)
    {
        StateMap map = new();
        foreach ((OrderId key, long value) in rows)
        {
            BorshWriter keyWriter = new();
            keyWriter.U8(200);
            keyWriter.I64(key.Value);
            BorshWriter valueWriter = new();
            valueWriter.I64(value);
            map.Set(keyWriter.WrittenSpan, valueWriter.WrittenSpan);
        }

        return map;
    }
}
