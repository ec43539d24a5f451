using System;
using EnergyNode.Actors;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>One node's clock: off by a constant, and too fast or too slow.</summary>
/// <param name="runner">The true time.</param>
/// <param name="origin">When all clocks would agree but for their offset.</param>
/// <param name="skew">How wrong it is.</param>
/// <param name="gate">Where its timers come through.</param>
internal sealed class SkewedClock(SeededRunner runner, Instant origin, ClockSkew skew, PauseGate gate) : IScheduler
{
    private const long Million = 1_000_000;

    public Instant Now
    {
        get
        {
            long elapsed = runner.Now.Since(origin).Micros;
            return new Instant(runner.Now.Micros + skew.Offset.Micros + (elapsed * skew.DriftPpm / Million));
        }
    }

    public ICancelable Schedule(Duration delay, Action action)
    {
        long rate = Million + skew.DriftPpm;
        return gate.Schedule(new Duration(((delay.Micros * Million) + rate - 1) / rate), action);
    }
}
