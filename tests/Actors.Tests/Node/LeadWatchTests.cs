using System.Collections.Generic;
using EnergyNode.Actors.Node;
using EnergyNode.Consensus;
using EnergyNode.Ledger;
using Xunit;
using static EnergyNode.Actors.Tests.Node.Village;

namespace EnergyNode.Actors.Tests.Node;

public sealed class LeadWatchTests
{
    [Fact]
    public void A_change_is_told_once()
    {
        LeadWatch watch = new(Key("v2"));
        Assert.False(watch.Note(new Machine(0), Head(1)));
        Assert.False(watch.Leads);
        Assert.True(watch.Note(new Machine(1), Head(1)));
        Assert.True(watch.Leads);
        Assert.False(watch.Note(new Machine(1), Head(2)));
        Assert.True(watch.Note(new Machine(2), Head(2)));
        Assert.False(watch.Leads);
    }

    [Fact]
    public void Who_is_no_validator_does_not_lead_nor_does_the_machine_of_a_larger_set_mislead()
    {
        LeadWatch watch = new(Key("v5"));
        Assert.False(watch.Note(new Machine(0), Head(1)));
        Assert.False(watch.Note(new Machine(4), Head(1)));
    }

    [Fact]
    public void Nobody_leads_under_proof_of_work()
    {
        LeadWatch watch = new(Key("v2"));
        WorkParameters work = new(Duration.FromSeconds(1), 1, new Difficulty(1));
        ChainHead head = Head(1);
        head = head with { Sets = head.Sets with { Rules = new ConsensusRules(ConsensusProtocol.Pow, work) } };
        Assert.False(watch.Note(new Machine(1), head));
    }

    private sealed class Machine(int leader) : IConsensus
    {
        public ConsensusStatus Status => new(new Height(1), View.Zero, new ValidatorIndex(leader));

        public Hash32 Digest() => default;

        public void Step(ConsensusInput input, Instant now, List<ConsensusEffect> effects)
        {
        }
    }
}
