using System;
using System.Text;
using EnergyNode.Ledger;
using EnergyNode.Node.Setup;
using EnergyNode.Node.Tests.Network;
using Xunit;

namespace EnergyNode.Node.Tests.Setup;

public sealed class GenesisStakingTests
{
    [Fact]
    public void The_rules_of_staking_read_back_with_the_same_hash()
    {
        GenesisBlock genesis = Open();

        GenesisBlock read = GenesisFile.Parse("g", GenesisWriter.Render(genesis));

        Assert.Equal(genesis.ComputeHash(), read.ComputeHash());
        Assert.Equal(genesis.Staking, read.Staking);
        Assert.Equal(genesis.Stakes, read.Stakes);
        Assert.Equal(genesis.SetTiming, read.SetTiming);
        Assert.NotEqual(SampleGenesis.Make().ComputeHash(), read.ComputeHash());
    }

    [Theory]
    [InlineData("\"staking\": {", "\"staking\": 3, \"x\": {", "$.staking: is a number; write an object")]
    [InlineData("\"window\": 5", "\"window\": 0", "$.setChanges.window: is 0; write a whole number from 1 to 1024")]
    [InlineData("\"epochHeights\": 16,", "", "$.setChanges.epochHeights: is missing; add it")]
    [InlineData("\"amnesia\": 3", "\"amnesia\": 1000001", "$.staking.slashPpm.amnesia: is 1000001; write a whole")]
    [InlineData("\"doubleVote\": 2,", "", "$.staking.slashPpm.doubleVote: is missing; add it")]
    [InlineData("\"jailSeconds\": 60", "\"jailSeconds\": 61.5", "it contradicts itself: the jail time")]
    [InlineData("\"unbondingSeconds\": 60", "\"unbondingSeconds\": -1", "$.staking.unbondingSeconds: is -1")]
    [InlineData("\"maxValidators\": 2", "\"maxValidators\": 101", "$.staking.maxValidators: is 101; write a whole")]
    [InlineData("\"slashedTo\": \"gateway\"", "\"slashedTo\": \"nobody\"", "the account nobody that receives")]
    [InlineData("\"stakeMicro\": 3", "\"stakeMicro\": 2", "stake 1 of home-1: InvalidAmount; stakes stand in the")]
    [InlineData("\"operator\": \"home-1\"", "\"operator\": \"no one\"", "$.staking.stakes[1].operator: is 'no one'")]
    [InlineData("\"stakes\": [", "\"stakes\": [7,", "$.staking.stakes[0]: is a number; write an object")]
    public void A_wrong_member_is_refused_with_its_path(string part, string instead, string message)
    {
        string json = Encoding.UTF8.GetString(GenesisWriter.Render(Open()));
        Assert.Contains(part, json, StringComparison.Ordinal);

        SetupException refusal = Assert.Throws<SetupException>(() => GenesisFile.Parse(
            "g", Encoding.UTF8.GetBytes(json.Replace(part, instead, StringComparison.Ordinal))));

        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    private static GenesisBlock Open() => SampleGenesis.Make() with
    {
        SetTiming = new SetTiming(16, 5),
        Staking = new StakingParameters(
            Duration.FromSeconds(60),
            Duration.FromSeconds(60),
            Duration.FromMillis(1_500),
            new SlashFractions(1, 2, 3, 4, 5),
            2,
            new Money(1),
            AccountId.Parse("gateway")),
        Stakes =
        [
            new GenesisStake(FakeSigner.KeyOf(1), AccountId.Parse("utility"), new Money(1)),
            new GenesisStake(FakeSigner.KeyOf(2), AccountId.Parse("home-1"), new Money(3)),
        ],
    };
}
