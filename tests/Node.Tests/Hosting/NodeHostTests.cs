using System.Threading.Tasks;
using EnergyNode.Actors.Clients;
using EnergyNode.Ledger;
using EnergyNode.Market.Execution;
using EnergyNode.Node.Network;
using EnergyNode.Node.Persistence;
using EnergyNode.Node.Setup;
using Xunit;

namespace EnergyNode.Node.Tests.Hosting;

public sealed class NodeHostTests
{
    private static readonly AccountId Operator = AccountId.Parse("operator");

    [Fact]
    public async Task One_validator_alone_decides_and_comes_back_to_its_last_block()
    {
        await using TestNetwork network = new(1);
        await network.StartAsync(0);
        ClientReceipt.Final first = await network.ExecuteAsync(0, Deposit(5));
        Assert.Equal(BatchStatus.Executed, first.Status);
        Assert.Equal(LedgerError.None, first.Receipts!.Receipts[0].Error);
        ClientAnswer.Head before = await network.AwaitHeightAsync(0, 1);

        await network.StopAsync(0);
        await network.StartAsync(0);

        ClientAnswer.Head after = await network.AwaitHeightAsync(0, 1);
        Assert.Equal(before.Height, after.Height);
        Assert.Equal(before.StateRoot, after.StateRoot);
        ClientReceipt.Final second = await network.ExecuteAsync(0, Deposit(7));
        Assert.Equal(before.Height.Next, second.Height);
    }

    [Theory]
    [InlineData(ConsensusProtocol.Pbft)]
    [InlineData(ConsensusProtocol.Pos)]
    public async Task Four_validators_agree_one_falls_behind_and_catches_up_and_all_go_on_after_a_restart(
        ConsensusProtocol consensus)
    {
        await using TestNetwork network = new(4, consensus);
        Assert.Equal(consensus, network.Network.Genesis.Consensus);
        await network.StartAsync(0, 1, 2, 3);
        await network.ExecuteAsync(1, Deposit(1));
        await network.StopAsync(2);
        await network.ExecuteAsync(1, Deposit(2));
        await network.ExecuteAsync(3, Deposit(3));
        await network.StartAsync(2);
        ClientAnswer.Head caughtUp = await network.AwaitHeightAsync(2, 3);
        Assert.Equal((await network.AwaitHeightAsync(0, 3)).StateRoot, caughtUp.StateRoot);

        await network.StopAsync(0, 1, 2, 3);
        await network.StartAsync(3, 2, 1, 0);

        Assert.Equal(caughtUp.StateRoot, (await network.AwaitHeightAsync(1, 3)).StateRoot);
        ClientReceipt.Final final = await network.ExecuteAsync(0, Deposit(4));
        Assert.Equal(new Height(4), final.Height);
    }

    [Fact]
    public async Task A_used_port_a_locked_directory_and_a_foreign_key_are_refused_with_what_to_do()
    {
        await using TestNetwork network = new(1);
        await network.StartAsync(0);
        await Assert.ThrowsAsync<JournalOpenException>(() => network.StartAsync(0));

        await using TestNetwork other = new(1);
        System.IO.File.Copy(
            other.ConfigurationOf(0).Keys.ValidatorKey, network.ConfigurationOf(0).Keys.ValidatorKey, overwrite: true);
        SetupException foreign = await Assert.ThrowsAsync<SetupException>(() => network.StartAsync(0));
        Assert.Contains("is not in the validator set", foreign.Message);

        string config = other.Network.Validators[0].ConfigurationFile;
        int busy = network.Network.Validators[0].PeerPort;
        System.IO.File.WriteAllText(config, System.IO.File.ReadAllText(config).Replace(
            $"port = {other.Network.Validators[0].PeerPort}", $"port = {busy}"));
        await Assert.ThrowsAsync<ListenException>(() => other.StartAsync(0));
    }

    [Fact]
    public async Task A_miner_makes_a_deposit_final_and_goes_on_after_a_restart()
    {
        await using TestNetwork network = new(1, ConsensusProtocol.Pow);
        await network.StartAsync(0);
        ClientReceipt.Final first = await network.ExecuteAsync(0, Deposit(5));
        await network.StopAsync(0);
        await network.StartAsync(0);
        ClientReceipt.Final second = await network.ExecuteAsync(0, Deposit(7));
        Assert.True(second.Height > first.Height);
    }

    private static Command.Deposit Deposit(long amount) => new(Operator, new Money(amount));
}
