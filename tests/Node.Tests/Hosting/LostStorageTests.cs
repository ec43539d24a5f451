using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Node.Tests.Hosting;

/// <summary>Nodes whose journals are empty: as the chain is new, or as they were lost (R26, POS-25).</summary>
public sealed class LostStorageTests
{
    private static readonly AccountId Operator = AccountId.Parse("operator");

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    public async Task New_nodes_begin_a_chain_as_soon_as_a_quorum_is_there_and_others_join_at_once(int validators)
    {
        await using TestNetwork network = new(validators);
        await BeginAsync(network, validators);
        for (int i = 0; i < validators; i++)
        {
            Assert.Null(await SilentUntil(network, i));
        }
    }

    [Theory]
    [InlineData(4, ConsensusProtocol.Pbft)]
    [InlineData(7, ConsensusProtocol.Pbft)]
    [InlineData(4, ConsensusProtocol.Pos)]
    public async Task Nodes_that_have_all_lost_their_directories_begin_a_chain_as_a_quorum(
        int validators, ConsensusProtocol consensus)
    {
        await using TestNetwork network = new(validators, consensus);
        for (int i = 0; i < validators; i++)
        {
            Directory.Delete(network.DataOf(i), recursive: true);
        }

        await BeginAsync(network, validators);
    }

    [Theory]
    [InlineData(ConsensusProtocol.Pbft, GenesisBlock.DefaultConsensusWindow)]
    [InlineData(ConsensusProtocol.Pos, 1)]
    public async Task A_node_whose_directory_was_lost_is_silent_until_its_old_votes_are_forgotten(
        ConsensusProtocol consensus, int window)
    {
        const int Victim = 2;
        const int Helper = 3;
        await using TestNetwork network = new(4, consensus);
        await network.StartAsync(0, 1, Victim, Helper);
        await network.ExecuteAsync(0, Deposit());
        Assert.Null(await SilentUntil(network, 0));

        await network.StopAsync(Victim);
        Directory.Delete(network.DataOf(Victim), recursive: true);
        await network.StartAsync(Victim);
        await network.AwaitHeightAsync(Victim, 1);
        long until;
        while ((until = await SilentUntil(network, Victim) ?? -1) == 0)
        {
            await network.AwaitHeightAsync(Victim, 1);
        }

        Assert.Equal(2 + (4 * window), until);
        await network.StopAsync(Victim);
        await network.StartAsync(Victim);
        Assert.Equal(until, await SilentUntil(network, Victim));

        Height last = default;
        while (last.Value < until)
        {
            last = (await network.ExecuteAsync(0, Deposit())).Height;
        }

        await network.AwaitHeightAsync(Victim, until);
        Assert.Null(await SilentUntil(network, Victim));
        await network.StopAsync(Helper);
        Assert.True((await network.ExecuteAsync(0, Deposit())).Height > last);
    }

    private static async Task BeginAsync(TestNetwork network, int validators)
    {
        int quorum = network.Network.Genesis.Validators.Quorum;
        for (int i = 0; i < quorum; i++)
        {
            await network.StartAsync(i);
        }

        Assert.Equal(new Height(1), (await network.ExecuteAsync(0, Deposit())).Height);
        for (int i = quorum; i < validators; i++)
        {
            await network.StartAsync(i);
        }

        await network.AwaitHeightAsync(validators - 1, 1);
    }

    /// <summary>Null when it votes; 0 when it does not know yet until when it does not.</summary>
    private static async Task<long?> SilentUntil(TestNetwork network, int validator)
    {
        while (true)
        {
            JsonElement answer = await network.AskAdminAsync(validator, "consensus state");
            if (answer.GetProperty("ok").GetBoolean())
            {
                int column = 0;
                foreach (JsonElement found in answer.GetProperty("columns").EnumerateArray())
                {
                    if (found.GetProperty("name").GetString() == "silent-until")
                    {
                        break;
                    }

                    column++;
                }

                JsonElement cell = answer.GetProperty("rows")[0][column];
                return cell.ValueKind == JsonValueKind.Null ? null : cell.GetInt64();
            }
        }
    }

    private static Command.Deposit Deposit() => new(Operator, new Money(1));
}
