using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using EnergyNode.Actors.TestKit;
using Xunit;

namespace EnergyNode.Actors.Tests;

public sealed class DeliveryTests
{
    private sealed record Numbered(int Producer, int Number);

    [Fact]
    public void On_threads_an_actor_handles_one_message_at_a_time_and_in_order_per_sender()
    {
        const int producers = 8;
        const int each = 50_000;
        ActorTestKit kit = ActorTestKit.OnThreads();
        int inside = 0;
        int violations = 0;
        int handled = 0;
        int[] last = new int[producers];
        IActorRef actor = kit.System.ActorOf(
            Script.Props(script => script.On<Numbered>(message =>
            {
                violations += Interlocked.Increment(ref inside) == 1 ? 0 : 1;
                violations += message.Number == ++last[message.Producer] ? 0 : 1;
                Interlocked.Decrement(ref inside);
                handled++;
            })).WithMailbox(producers * each, OverflowPolicy.Fail));
        Thread[] threads = [.. Enumerable.Range(0, producers).Select(producer => new Thread(() =>
        {
            for (int n = 1; n <= each; n++)
            {
                actor.Tell(new Numbered(producer, n));
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.True(kit.Await(() => Volatile.Read(ref handled) == producers * each));
        Assert.Equal(0, violations);
        Assert.Null(kit.System.FaultCause);
    }

    [Fact]
    public void On_threads_no_wake_up_is_lost_when_two_actors_play_ping_pong()
    {
        const int rounds = 100_000;
        ActorTestKit kit = ActorTestKit.OnThreads();
        TestProbe probe = kit.CreateProbe();
        IActorRef pong = kit.System.ActorOf(Script.Props(s => s.On<int>(n => s.Sender.Tell(n + 1, s.Self))));
        IActorRef ping = kit.System.ActorOf(Script.Props(s => s.On<int>(n =>
        {
            IActorRef next = n < rounds ? pong : probe.Ref;
            next.Tell(n, s.Self);
        })));
        ping.Tell(0);

        Assert.Equal(rounds, probe.ExpectMsg<int>());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void On_a_seed_messages_stay_in_order_per_sender(ulong seed)
    {
        ActorTestKit kit = new(seed);
        TestProbe probe = kit.CreateProbe();
        for (int producer = 0; producer < 5; producer++)
        {
            int id = producer;
            IActorRef actor = kit.System.ActorOf(Script.Props(s => s.On<int>(n =>
                probe.Ref.Tell(new Numbered(id, n), s.Self))));
            for (int n = 0; n < 20; n++)
            {
                actor.Tell(n);
            }
        }

        List<Numbered> all = [.. probe.ReceiveN(100).Cast<Numbered>()];
        foreach (IGrouping<int, Numbered> group in all.GroupBy(message => message.Producer))
        {
            Assert.Equal(Enumerable.Range(0, 20), group.Select(message => message.Number));
        }
    }

    [Fact]
    public void The_first_handler_that_fits_gets_the_message_and_what_fits_none_is_published_as_unhandled()
    {
        ActorTestKit kit = new();
        TestProbe probe = kit.CreateProbe();
        TestProbe unhandled = kit.CreateProbe();
        kit.System.EventStream.Subscribe(unhandled.Ref, typeof(UnhandledMessage));
        IActorRef actor = kit.System.ActorOf(Script.Props(s =>
        {
            s.On<ArgumentException>(_ => probe.Ref.Tell("argument"));
            s.On<Exception>(_ => probe.Ref.Tell("exception"));
        }));
        actor.Tell(new ArgumentNullException());
        actor.Tell(new InvalidOperationException());
        actor.Tell("nobody's");

        probe.ExpectMsg("argument");
        probe.ExpectMsg("exception");
        Assert.Equal("nobody's", unhandled.ExpectMsg<UnhandledMessage>().Message);
    }

    [Fact]
    public void Runtime_messages_overtake_user_messages()
    {
        ActorTestKit kit = new();
        TestProbe dead = kit.CreateProbe();
        kit.System.EventStream.Subscribe(dead.Ref, typeof(DeadLetter));
        int handled = 0;
        IActorRef actor = kit.System.ActorOf(Script.Props(s => s.On<int>(_ => handled++)));
        actor.Tell(1);
        actor.Tell(2);
        kit.System.Stop(actor);

        Assert.Equal([1, 2], dead.ReceiveN(2).Select(letter => ((DeadLetter)letter).Message));
        Assert.Equal(0, handled);
    }

    [Fact]
    public void A_poison_pill_stops_behind_the_messages_before_it()
    {
        ActorTestKit kit = new();
        TestProbe probe = kit.CreateProbe();
        IActorRef actor = kit.System.ActorOf(Script.Props(s => s.On<int>(n => probe.Ref.Tell(n))));
        probe.Watch(actor);
        kit.Runner.RunUntilIdle();
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell(PoisonPill.Instance);
        actor.Tell(3);

        probe.ExpectMsg(1);
        probe.ExpectMsg(2);
        probe.ExpectTerminated(actor);
        probe.ExpectNoMsg();
        Assert.Equal(1, kit.System.DeadLetterCount);
    }

    [Fact]
    public void A_full_mailbox_that_drops_sends_the_newest_to_dead_letters()
    {
        ActorTestKit kit = new();
        TestProbe probe = kit.CreateProbe();
        TestProbe dead = kit.CreateProbe();
        kit.System.EventStream.Subscribe(dead.Ref, typeof(DeadLetter));
        IActorRef actor = kit.System.ActorOf(
            Script.Props(s => s.On<int>(n => probe.Ref.Tell(n))).WithMailbox(2, OverflowPolicy.DropNewest));
        for (int n = 1; n <= 4; n++)
        {
            actor.Tell(n);
        }

        Assert.Equal([1, 2], probe.ReceiveN(2).Cast<int>());
        Assert.Equal([3, 4], dead.ReceiveN(2).Select(letter => ((DeadLetter)letter).Message));
        actor.Tell(5);
        probe.ExpectMsg(5);
    }

    [Fact]
    public void A_full_mailbox_that_must_not_drop_faults_the_system()
    {
        ActorTestKit kit = new();
        int handled = 0;
        IActorRef actor = kit.System.ActorOf(
            Script.Props(s => s.On<int>(_ => handled++)).WithMailbox(2, OverflowPolicy.Fail), "core");
        kit.Runner.RunUntilIdle();
        actor.Tell(1);
        actor.Tell(2);
        Assert.Null(kit.System.FaultCause);
        actor.Tell(3);
        kit.Runner.RunUntilIdle();

        Assert.Contains("/user/core", Assert.IsType<MailboxOverflowException>(kit.System.FaultCause).Message,
            StringComparison.Ordinal);
        Assert.Same(kit.System.FaultCause, kit.Await(kit.System.WhenFaulted));
    }

    [Fact]
    public void The_event_stream_tells_each_subscriber_of_a_type_once_until_it_unsubscribes_or_stops()
    {
        ActorTestKit kit = new();
        TestProbe all = kit.CreateProbe();
        TestProbe texts = kit.CreateProbe();
        kit.System.EventStream.Subscribe(all.Ref, typeof(object));
        Assert.True(kit.System.EventStream.Subscribe(all.Ref, typeof(string)));
        Assert.False(kit.System.EventStream.Subscribe(all.Ref, typeof(string)));
        kit.System.EventStream.Subscribe(texts.Ref, typeof(string));
        kit.System.EventStream.Publish(1);
        kit.System.EventStream.Publish("two");
        Assert.Equal([1, "two"], all.ReceiveN(2));
        texts.ExpectMsg("two");
        all.ExpectNoMsg();

        Assert.True(kit.System.EventStream.Unsubscribe(texts.Ref, typeof(string)));
        kit.System.Stop(all.Ref);
        kit.Runner.RunUntilIdle();
        kit.System.EventStream.Publish("three");
        texts.ExpectNoMsg();
        Assert.Equal(0, kit.System.DeadLetterCount);
    }
}
