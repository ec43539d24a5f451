using System;
using System.Threading;
using EnergyNode.Ledger;

namespace EnergyNode.Actors;

/// <summary>The production scheduler: wall clock and timers of a <see cref="TimeProvider"/>, to the
/// millisecond.</summary>
public sealed class TimeProviderScheduler(TimeProvider provider) : IScheduler
{
    private const long TicksPerMicro = TimeSpan.TicksPerMicrosecond;
    private const long MicrosPerMilli = 1_000;

    public Instant Now => new((provider.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) / TicksPerMicro);

    public ICancelable Schedule(Duration delay, Action action)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(delay.Micros, nameof(delay));
        long millis = (delay.Micros + MicrosPerMilli - 1) / MicrosPerMilli;
        return new Scheduled(provider, TimeSpan.FromMilliseconds(millis), action);
    }

    private sealed class Scheduled : ICancelable
    {
        private readonly Action _action;
        private readonly ITimer _timer;

        public Scheduled(TimeProvider provider, TimeSpan due, Action action)
        {
            _action = action;
            _timer = provider.CreateTimer(
                static state => ((Scheduled)state!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(due, Timeout.InfiniteTimeSpan);
        }

        public void Cancel() => _timer.Dispose();

        private void Fire()
        {
            _timer.Dispose();
            _action();
        }
    }
}
