using System;
using System.Collections.Generic;
using EnergyNode.Actors;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>
/// What is under way to one party. Frames that arrive within a millisecond are read together at its end, in the order
/// of their arrival, as a process does that waits for its sockets: so a node's memory is in the processor's caches for
/// all of them.
/// </summary>
internal sealed class Arrivals(SeededRunner runner, Action<Flight> arrive)
{
    private const long ReadEvery = 1_000;
    private const int Places = 64;

    /// <summary>By their time; where two share a place, the later one is not found again.</summary>
    private readonly Reading?[] _soon = new Reading?[Places];
    private readonly Stack<Reading> _spare = [];

    public void Add(Instant arrival, in Flight flight)
    {
        long at = (arrival.Micros + ReadEvery - 1) / ReadEvery * ReadEvery;
        ref Reading? place = ref _soon[(at / ReadEvery) % Places];
        if (place is { } known && known.At == at)
        {
            known.Add(arrival.Micros, flight);
            return;
        }

        Reading reading = _spare.TryPop(out Reading? spare) ? spare : new Reading(this);
        reading.At = at;
        reading.Add(arrival.Micros, flight);
        place ??= reading;
        runner.Schedule(new Instant(at).Since(runner.Now), reading);
    }

    private void Read(Reading reading)
    {
        ref Reading? place = ref _soon[(reading.At / ReadEvery) % Places];
        if (place == reading)
        {
            place = null;
        }

        reading.ForEach(arrive);
        _spare.Push(reading);
    }

    private sealed class Reading(Arrivals arrivals) : DueEvent
    {
        private (long Micros, Flight Flight)[] _flights = new (long, Flight)[8];
        private int _count;

        public long At { get; set; }

        /// <summary>Behind those that arrive at the same time.</summary>
        public void Add(long micros, in Flight flight)
        {
            if (_count == _flights.Length)
            {
                Array.Resize(ref _flights, 2 * _count);
            }

            int place = _count++;
            for (; place > 0 && _flights[place - 1].Micros > micros; place--)
            {
                _flights[place] = _flights[place - 1];
            }

            _flights[place] = (micros, flight);
        }

        public override void Happen() => arrivals.Read(this);

        public void ForEach(Action<Flight> action)
        {
            for (int i = 0; i < _count; i++)
            {
                action(_flights[i].Flight);
                _flights[i] = default;
            }

            _count = 0;
        }
    }
}
