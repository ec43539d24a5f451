using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using EnergyNode.Actors.TestKit;
using Xunit;

namespace EnergyNode.Actors.Tests;

/// <summary>Races that the seeded runner cannot have.</summary>
public sealed class ThreadTests
{
    [Fact]
    public void Each_of_many_watched_actors_is_reported_once_whoever_stops_it()
    {
        const int count = 5_000;
        ActorTestKit kit = ActorTestKit.OnThreads();
        TestProbe probe = kit.CreateProbe();
        List<IActorRef> actors = [.. Enumerable.Range(0, count).Select(_ =>
            kit.System.ActorOf(Script.Props(_ => { })))];
        Parallel.ForEach(actors, actor =>
        {
            actor.Tell(PoisonPill.Instance);
            probe.Watch(actor);
            kit.System.Stop(actor);
        });

        HashSet<IActorRef> dead = [.. probe.ReceiveN(count).Select(message => ((Terminated)message).ActorRef)];
        Assert.Equal(count, dead.Count);
        Assert.True(kit.Await(() => kit.System.Hierarchy().Count == 2));
        Assert.Equal(0, probe.Waiting);
    }

    [Fact]
    public void Restarts_under_load_lose_only_the_messages_that_failed()
    {
        const int count = 100_000;
        ActorTestKit kit = ActorTestKit.OnThreads(
            new ActorSystemSettings { GuardianStrategy = new OneForOneStrategy() });
        TestProbe probe = kit.CreateProbe();
        IActorRef actor = kit.System.ActorOf(
            Script.Props(s => s.On<int>(n =>
            {
                if (n % 1_000 == 0)
                {
                    throw new TestFailure("every thousandth");
                }

                probe.Ref.Tell(n);
            })).WithMailbox(count, OverflowPolicy.Fail));
        Parallel.For(0, count, n => actor.Tell(n));

        Assert.Equal(
            Enumerable.Range(0, count).Where(n => n % 1_000 != 0),
            probe.ReceiveN(count - (count / 1_000)).Cast<int>().Order());
        Assert.Equal(count / 1_000, kit.System.Hierarchy().Single(line => line.Path == actor.Path).Restarts);
    }

    [Fact]
    public void A_system_stops_while_its_actors_are_busy_and_make_children()
    {
        ActorTestKit kit = ActorTestKit.OnThreads();
        for (int i = 0; i < 20; i++)
        {
            IActorRef busy = kit.System.ActorOf(Script.Props(s => s.On<int>(n =>
            {
                s.Context.ActorOf(Script.Props(_ => { }));
                s.Self.Tell(n + 1);
            })));
            busy.Tell(0);
        }

        Assert.True(kit.Await(() => kit.System.Hierarchy().Count > 100));
        kit.System.Terminate();
        Assert.True(kit.Await(() => kit.System.WhenTerminated.IsCompletedSuccessfully));
        Assert.Single(kit.System.Hierarchy());
    }
}
