using System;
using System.Collections.Generic;

namespace EnergyNode.Actors.Tests;

/// <summary>An actor written inside a test.</summary>
internal sealed class Script : ReceiveActor
{
    private Script(Action<Script> configure) => configure(this);

    public new ActorContext Context => base.Context;

    public new IActorRef Self => base.Self;

    public new IActorRef Sender => base.Sender;

    public new Timers Timers => base.Timers;

    public new MessageStash Stash => base.Stash;

    public Action? OnPreStart { get; set; }

    public Action? OnPostStop { get; set; }

    public Action<Exception, object?>? OnPreRestart { get; set; }

    public Action<Exception>? OnPostRestart { get; set; }

    public bool KeepChildren { get; set; }

    public static Props Props(Action<Script> configure) => Actors.Props.Create(() => new Script(configure));

    /// <summary>Answers "name:hook" lines into the list, fails on a string "fail", and echoes other strings.</summary>
    public static Props Logging(string name, List<string> log) => Props(script =>
    {
        int state = 0;
        script.OnPreStart = () => log.Add($"{name}:PreStart");
        script.OnPostStop = () => log.Add($"{name}:PostStop");
        script.OnPreRestart = (_, message) => log.Add($"{name}:PreRestart({message})");
        script.OnPostRestart = _ => log.Add($"{name}:PostRestart");
        script.On<string>(text =>
        {
            if (text.StartsWith("fail", StringComparison.Ordinal))
            {
                throw new TestFailure(text);
            }

            state++;
            script.Sender.Tell($"{text} {state}", script.Self);
        });
    });

    public void On<T>(Action<T> handler) => Receive(handler);

    public new void ReceiveAny(Action<object> handler) => base.ReceiveAny(handler);

    public new void Become(Action configure) => base.Become(configure);

    public new void BecomeStacked(Action configure) => base.BecomeStacked(configure);

    public new void UnbecomeStacked() => base.UnbecomeStacked();

    protected override void PreStart() => OnPreStart?.Invoke();

    protected override void PostStop() => OnPostStop?.Invoke();

    protected override void PreRestart(Exception reason, object? message)
    {
        OnPreRestart?.Invoke(reason, message);
        if (!KeepChildren)
        {
            base.PreRestart(reason, message);
        }
    }

    protected override void PostRestart(Exception reason)
    {
        OnPostRestart?.Invoke(reason);
        base.PostRestart(reason);
    }
}
