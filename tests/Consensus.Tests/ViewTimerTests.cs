using System.Collections.Generic;
using System.Linq;
using EnergyNode.Consensus.Pbft;
using EnergyNode.Consensus.Tests.Support;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Consensus.Tests;

/// <summary>R24: a timer means something only as long as what it was set for.</summary>
public sealed class ViewTimerTests
{
    private readonly PbftMachine _machine = new(new Community(4).Options(2));
    private Instant _now = new(1_000_000);

    [Fact]
    public void A_timer_of_a_view_that_was_left_asks_for_no_other_one()
    {
        Step(new ConsensusInput.Started([]));
        TimeoutId first = Step(new ConsensusInput.WorkOffered(new Height(1), [Community.NameHash("a")]))
            .OfType<ConsensusEffect.SetTimeout>().Single(set => set.Id.Kind == TimeoutKind.View).Id;
        ConsensusMessage.ViewChange asked = Assert.Single(Changes(Step(new ConsensusInput.TimeoutElapsed(first))));
        Assert.Equal(new View(1), asked.NewView);

        Assert.Empty(Step(new ConsensusInput.TimeoutElapsed(first)));
        Assert.Equal(new View(1), _machine.View);
    }

    [Fact]
    public void A_timer_that_was_never_set_does_nothing()
    {
        Step(new ConsensusInput.Started([]));
        Assert.Empty(Step(new ConsensusInput.TimeoutElapsed(
            new TimeoutId(TimeoutKind.View, new Height(1), View.Zero))));
    }

    private static IEnumerable<ConsensusMessage.ViewChange> Changes(List<ConsensusEffect> effects) =>
        effects.OfType<ConsensusEffect.Broadcast>().Select(sent => sent.Message)
            .OfType<ConsensusMessage.ViewChange>();

    private List<ConsensusEffect> Step(ConsensusInput input)
    {
        _now = _now.Plus(Duration.FromMillis(1));
        List<ConsensusEffect> effects = [];
        _machine.Step(input, _now, effects);
        return effects;
    }
}
