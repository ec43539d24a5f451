using System.Collections.Generic;
using System.Linq;
using EnergyNode.Actors.TestKit;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Actors.Tests;

public sealed class DeathWatchTests
{
    private readonly ActorTestKit _kit = new();

    [Fact]
    public void A_watcher_gets_exactly_one_Terminated_even_if_it_watches_twice()
    {
        TestProbe probe = _kit.CreateProbe();
        IActorRef actor = Start();
        probe.Watch(actor);
        probe.Watch(actor);
        _kit.Runner.RunUntilIdle();
        _kit.System.Stop(actor);
        _kit.System.Stop(actor);
        probe.ExpectTerminated(actor);
        probe.ExpectNoMsg(Duration.FromSeconds(1));
    }

    [Fact]
    public void A_parent_that_watches_its_child_gets_exactly_one_Terminated()
    {
        TestProbe probe = _kit.CreateProbe();
        _kit.System.ActorOf(Script.Props(s =>
        {
            s.OnPreStart = () => s.Context.Stop(s.Context.Watch(s.Context.ActorOf(Script.Props(_ => { }), "kid")));
            s.On<Terminated>(dead => probe.Ref.Tell(dead.ActorRef.Path.Value));
        }), "parent");
        probe.ExpectMsg("/user/parent/kid");
        probe.ExpectNoMsg(Duration.FromSeconds(1));
    }

    [Fact]
    public void Nothing_comes_after_unwatch_not_even_a_Terminated_that_waits_already()
    {
        TestProbe probe = _kit.CreateProbe();
        IActorRef victim = Start();
        IActorRef watcher = _kit.System.ActorOf(Script.Props(s =>
        {
            s.OnPreStart = () => s.Context.Watch(victim);
            s.On<Terminated>(_ => probe.Ref.Tell("too late"));
            s.On<string>(_ => s.Context.Unwatch(victim));
        }));
        _kit.Runner.RunUntilIdle();
        watcher.Tell("unwatch");
        _kit.System.Stop(victim);
        for (int i = 0; i < 100; i++)
        {
            watcher.Tell(i);
        }

        probe.ExpectNoMsg(Duration.FromSeconds(1));
    }

    [Fact]
    public void An_unwatch_drops_the_Terminated_that_waits_in_the_mailbox()
    {
        TestProbe probe = _kit.CreateProbe();
        IActorRef victim = Start();
        IActorRef watcher = _kit.System.ActorOf(Script.Props(s =>
        {
            s.OnPreStart = () => s.Context.Watch(victim);
            s.On<Terminated>(_ => probe.Ref.Tell("too late"));
            s.On<string>(_ =>
            {
                // The victim dies while its watcher is inside a handler, as it can on threads.
                _kit.System.Stop(victim);
                _kit.Runner.RunUntilIdle();
                s.Context.Unwatch(victim);
            });
        }));
        _kit.Runner.RunUntilIdle();
        watcher.Tell("die, then unwatch");
        _kit.Runner.RunUntilIdle();
        Assert.Null(_kit.System.Find(victim.Path));
        probe.ExpectNoMsg(Duration.FromSeconds(1));
    }

    [Fact]
    public void Watching_the_dead_is_answered_at_once()
    {
        TestProbe probe = _kit.CreateProbe();
        IActorRef actor = Start();
        _kit.System.Stop(actor);
        _kit.Runner.RunUntilIdle();
        probe.Watch(actor);
        probe.ExpectTerminated(actor);
        probe.Watch(actor);
        probe.ExpectTerminated(actor);
        probe.ExpectNoMsg(Duration.FromSeconds(1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void What_the_dead_said_comes_before_its_Terminated(ulong seed)
    {
        ActorTestKit kit = new(seed);
        TestProbe probe = kit.CreateProbe();
        IActorRef actor = kit.System.ActorOf(Script.Props(s => s.On<string>(_ =>
        {
            probe.Ref.Tell("last words");
            s.Context.Stop(s.Self);
        })));
        probe.Watch(actor);
        kit.Runner.RunUntilIdle();
        actor.Tell("stop");
        probe.ExpectMsg("last words");
        probe.ExpectTerminated(actor);
    }

    [Fact]
    public void A_Terminated_that_is_not_handled_breaks_the_watcher()
    {
        TestProbe probe = _kit.CreateProbe();
        IActorRef victim = Start();
        IActorRef watcher = _kit.System.ActorOf(Script.Props(s => s.OnPreStart = () => s.Context.Watch(victim)));
        probe.Watch(watcher);
        _kit.Runner.RunUntilIdle();
        _kit.System.Stop(victim);
        probe.ExpectTerminated(watcher);
    }

    [Fact]
    public void A_stashed_Terminated_is_delivered_when_it_is_unstashed()
    {
        TestProbe probe = _kit.CreateProbe();
        IActorRef victim = Start();
        IActorRef watcher = _kit.System.ActorOf(Script.Props(s =>
        {
            s.OnPreStart = () => s.Context.Watch(victim);
            s.On<Terminated>(_ => s.Stash.Stash());
            s.On<string>(_ =>
            {
                s.Become(() => s.On<Terminated>(_ => probe.Ref.Tell("ready for it")));
                s.Stash.UnstashAll();
            });
        }));
        _kit.Runner.RunUntilIdle();
        _kit.System.Stop(victim);
        _kit.Runner.RunUntilIdle();
        watcher.Tell("go");
        probe.ExpectMsg("ready for it");
    }

    [Fact]
    public void Names_are_unique_among_the_living_and_free_after_the_end()
    {
        TestProbe probe = _kit.CreateProbe();
        IActorRef first = _kit.System.ActorOf(Script.Props(_ => { }), "name");
        Assert.Throws<InvalidActorNameException>(() => _kit.System.ActorOf(Script.Props(_ => { }), "name"));
        probe.Watch(first);
        _kit.Runner.RunUntilIdle();
        _kit.System.Stop(first);
        probe.ExpectTerminated(first);

        IActorRef second = _kit.System.ActorOf(Script.Props(s => s.On<string>(t => s.Sender.Tell(t))), "name");
        Assert.Equal(first.Path, second.Path);
        Assert.Same(second, _kit.System.Find("/user/name"));
        probe.Send(first, "to the old one");
        probe.Send(second, "to the new one");
        probe.ExpectMsg("to the new one");
        Assert.Equal(1, _kit.System.DeadLetterCount);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("$a")]
    [InlineData("a b")]
    [InlineData("straße")]
    public void A_malformed_name_is_refused(string name) =>
        Assert.Throws<InvalidActorNameException>(() => _kit.System.ActorOf(Script.Props(_ => { }), name));

    [Fact]
    public void A_name_may_have_as_many_characters_as_the_limit_says()
    {
        _kit.System.ActorOf(Script.Props(_ => { }), new string('x', Limits.MaxNameLength));
        Assert.Throws<InvalidActorNameException>(() =>
            _kit.System.ActorOf(Script.Props(_ => { }), new string('x', Limits.MaxNameLength + 1)));
    }

    [Fact]
    public void Automatic_names_count_through_the_alphabet()
    {
        List<string> names = [.. Enumerable.Range(0, 66).Select(_ => Start().Path.Value)];
        Assert.Equal(["/user/$a", "/user/$b"], names.Take(2));
        Assert.Equal(["/user/$~", "/user/$ab", "/user/$bb"], names.Skip(63));
        Assert.Equal(names, _kit.System.Hierarchy().Skip(1).Select(line => line.Path.Value));
    }

    private IActorRef Start() => _kit.System.ActorOf(Script.Props(_ => { }));
}
