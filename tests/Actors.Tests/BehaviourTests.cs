using System;
using System.Linq;
using EnergyNode.Actors.TestKit;
using Xunit;

namespace EnergyNode.Actors.Tests;

public sealed class BehaviourTests
{
    private readonly ActorTestKit _kit = new();

    [Fact]
    public void Become_replaces_and_BecomeStacked_can_be_undone()
    {
        TestProbe probe = _kit.CreateProbe();
        IActorRef actor = Switching(probe);
        foreach (string message in new[] { "?", "stack", "?", "become", "?", "unstack", "?", "unstack", "?" })
        {
            actor.Tell(message);
        }

        Assert.Equal(["first", "stacked", "replaced", "first", "first"], probe.ReceiveN(5));
    }

    [Fact]
    public void A_restart_resets_the_behaviour_stack()
    {
        TestProbe probe = _kit.CreateProbe();
        IActorRef actor = Switching(probe);
        foreach (string message in new[] { "stack", "?", "fail", "?", "unstack", "?" })
        {
            actor.Tell(message);
        }

        Assert.Equal(["stacked", "first", "first"], probe.ReceiveN(3));
    }

    [Fact]
    public void Handlers_can_be_declared_in_the_constructor_and_in_Become_only()
    {
        TestProbe probe = _kit.CreateProbe();
        IActorRef actor = _kit.System.ActorOf(Script.Props(s => s.On<string>(_ =>
            probe.Ref.Tell(Record.Exception(() => s.On<int>(_ => { })) ?? new TestFailure("nothing thrown")))));
        actor.Tell("try");
        probe.ExpectMsg<InvalidOperationException>();
    }

    [Fact]
    public void There_is_no_context_in_the_constructor()
    {
        Exception? thrown = null;
        _kit.System.ActorOf(Script.Props(s => thrown = Record.Exception(() => s.Context)));
        _kit.Runner.RunUntilIdle();
        Assert.IsType<InvalidOperationException>(thrown);
    }

    [Fact]
    public void Unstashed_messages_come_first_and_in_their_order()
    {
        TestProbe probe = _kit.CreateProbe();
        IActorRef actor = _kit.System.ActorOf(Stashing(probe, 10));
        foreach (object message in new object[] { 1, 2, 3, "open", 4 })
        {
            actor.Tell(message, probe.Ref);
        }

        Assert.Equal([1, 2, 3, 4], probe.ReceiveN(4));
        Assert.Same(probe.Ref, probe.LastSender);
    }

    [Fact]
    public void Unstash_brings_back_the_oldest_alone()
    {
        TestProbe probe = _kit.CreateProbe();
        IActorRef actor = _kit.System.ActorOf(Script.Props(s =>
        {
            s.On<int>(_ => s.Stash.Stash());
            s.On<string>(_ => s.Become(() =>
            {
                s.On<int>(n => probe.Ref.Tell(n));
                s.On<string>(_ => s.Stash.Unstash());
            }));
        }));
        foreach (object message in new object[] { 1, 2, "open", "one" })
        {
            actor.Tell(message);
        }

        probe.ExpectMsg(1);
        probe.ExpectNoMsg();
    }

    [Fact]
    public void A_restart_puts_the_stash_back_into_the_mailbox()
    {
        TestProbe probe = _kit.CreateProbe();
        int instances = 0;
        IActorRef actor = _kit.System.ActorOf(Script.Props(s =>
        {
            bool isFirst = ++instances == 1;
            s.On<int>(n =>
            {
                if (isFirst)
                {
                    s.Stash.Stash();
                }
                else
                {
                    probe.Ref.Tell((n, s.Stash.Count));
                }
            });
            s.On<string>(_ => throw new TestFailure("restart"));
        }));
        foreach (object message in new object[] { 1, 2, "fail", 3 })
        {
            actor.Tell(message);
        }

        Assert.Equal([(1, 0), (2, 0), (3, 0)], probe.ReceiveN(3).Cast<(int, int)>());
    }

    [Fact]
    public void What_is_stashed_when_the_actor_stops_goes_to_dead_letters()
    {
        TestProbe probe = _kit.CreateProbe();
        TestProbe dead = _kit.CreateProbe();
        _kit.System.EventStream.Subscribe(dead.Ref, typeof(DeadLetter));
        IActorRef actor = _kit.System.ActorOf(Stashing(probe, 10));
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell(PoisonPill.Instance);
        Assert.Equal([1, 2], dead.ReceiveN(2).Select(letter => ((DeadLetter)letter).Message));
    }

    [Fact]
    public void A_full_stash_fails_the_actor()
    {
        TestProbe probe = _kit.CreateProbe();
        _kit.System.EventStream.Subscribe(probe.Ref, typeof(ActorFailure));
        IActorRef actor = _kit.System.ActorOf(Stashing(_kit.CreateProbe(), 2));
        actor.Tell(1);
        actor.Tell(2);
        _kit.Runner.RunUntilIdle();
        probe.ExpectNoMsg();
        actor.Tell(3);
        Assert.IsType<StashOverflowException>(probe.ExpectMsg<ActorFailure>().Cause);
    }

    [Fact]
    public void A_message_can_be_stashed_once_only()
    {
        TestProbe probe = _kit.CreateProbe();
        IActorRef actor = _kit.System.ActorOf(Script.Props(s => s.On<int>(_ =>
        {
            s.Stash.Stash();
            probe.Ref.Tell(Record.Exception(s.Stash.Stash) ?? new TestFailure("nothing thrown"));
        })));
        actor.Tell(1);
        probe.ExpectMsg<InvalidOperationException>();
    }

    private static Props Stashing(TestProbe probe, int capacity) => Script.Props(s =>
    {
        s.On<int>(_ => s.Stash.Stash());
        s.On<string>(_ =>
        {
            s.Become(() => s.On<int>(n => probe.Ref.Tell(n, s.Sender)));
            s.Stash.UnstashAll();
        });
    }).WithStash(capacity);

    private IActorRef Switching(TestProbe probe)
    {
        return _kit.System.ActorOf(Script.Props(script => Answer(script, "first")));

        void Answer(Script script, string name) => script.On<string>(text =>
        {
            switch (text)
            {
                case "?":
                    probe.Ref.Tell(name);
                    break;
                case "stack":
                    script.BecomeStacked(() => Answer(script, "stacked"));
                    break;
                case "become":
                    script.Become(() => Answer(script, "replaced"));
                    break;
                case "unstack":
                    script.UnbecomeStacked();
                    break;
                default:
                    throw new TestFailure(text);
            }
        });
    }
}
