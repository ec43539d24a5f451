using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>What became of one interval; the raw sample stays beside it (VEE-20).</summary>
public abstract record VeeInterval
{
    private VeeInterval(Instant start, MeterSample? raw)
    {
        Start = start;
        Raw = raw;
    }

    /// <summary>On the quarter of an hour.</summary>
    public Instant Start { get; }

    /// <summary>What the meter delivered first for the interval; null when nothing came.</summary>
    public MeterSample? Raw { get; }

    /// <summary>The meter's own value stands.</summary>
    public sealed record Measured : VeeInterval
    {
        internal Measured(Instant start, in MeterSample raw, MeasuredReading reading)
            : base(start, raw)
        {
            Reading = reading;
        }

        public MeasuredReading Reading { get; }
    }

    /// <summary>An estimate stands in.</summary>
    public sealed record Estimated : VeeInterval
    {
        internal Estimated(Instant start, MeterSample? raw, EstimatedReading reading)
            : base(start, raw)
        {
            Reading = reading;
        }

        public EstimatedReading Reading { get; }
    }

    /// <summary>Nothing credible came, and there is nothing to estimate from.</summary>
    public sealed record Missing : VeeInterval
    {
        internal Missing(Instant start, MeterSample? raw)
            : base(start, raw)
        {
        }
    }
}
