using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Execution;
using EnergyNode.Market.Metering;

namespace EnergyNode.Market.Certificates;

/// <summary>
/// Makes a matching report while a chain is executed from genesis on: tell it when each close begins and ends (<see
/// cref="BlockExecution.ClosingObserver"/>, <see cref="BlockExecution.EpochObserver"/>), and ask at the end.
/// </summary>
public sealed class MatchingBuilder
{
    private const long HourMicros = MeteringLimits.TariffIntervalSeconds * Instant.MicrosPerSecond;

    private readonly LedgerState _state;
    private readonly AccountId _account;
    private readonly EpochIndex _from;
    private readonly EpochIndex? _to;
    private readonly HashSet<MeterEpoch> _unread = [];
    private readonly SortedDictionary<long, (WattHours Consumption, int Unread)> _final = [];

    /// <param name="state">Fresh from genesis.</param>
    /// <param name="from">The first epoch, from 0 on.</param>
    /// <param name="to">The last epoch; null for the last one that is closed.</param>
    public MatchingBuilder(LedgerState state, AccountId account, EpochIndex from, EpochIndex? to)
    {
        _state = state;
        _account = account;
        _from = from;
        _to = to;
    }

    /// <summary>Before the close of an epoch: the one that leaves the window with it has its final values.</summary>
    public void Closing(EpochIndex epoch) =>
        Take(_final, epoch.Value - Limits.CorrectionWindowEpochs);

    /// <summary>The state is that after this epoch's close.</summary>
    public void Closed(EpochIndex epoch)
    {
        foreach (MeterId id in IsAsked(epoch.Value) ? _state.Meters.Keys : [])
        {
            Meter meter = _state.Meters[id];
            if (meter.Owner == _account && meter.ReadFor != epoch)
            {
                _unread.Add(new MeterEpoch(id, epoch));
            }
        }
    }

    /// <param name="problem">Why there is no report, for people; null when there is one.</param>
    public MatchingReport? Finish(out string? problem)
    {
        EpochIndex last = _to ?? new EpochIndex(_state.Totals.OpenEpoch.Value - 1);
        if (last.Value < _from.Value || last.Value >= _state.Totals.OpenEpoch.Value)
        {
            problem = string.Create(
                CultureInfo.InvariantCulture,
                $"epochs {_from} to {last} are not all closed; {_state.Totals.OpenEpoch} epochs are, from 0 on");
            return null;
        }

        SortedDictionary<long, (WattHours Consumption, int Unread)> epochs = new(_final);
        for (long epoch = _from.Value; epoch <= last.Value; epoch++)
        {
            Take(epochs, epoch);
        }

        ILookup<EpochIndex, RecBundle> retired = _state.RecBundles.Keys
            .Select(id => _state.RecBundles[id])
            .Where(bundle => bundle.Claim?.Beneficiary == _account)
            .ToLookup(static bundle => bundle.Epoch);
        List<MatchedHour> hours = [];
        foreach (IGrouping<long, long> hour in epochs.Keys.GroupBy(epoch => HourOf(new EpochIndex(epoch))))
        {
            EpochIndex end = new(hour.Last());
            if (_state.EndOf(end).Micros > hour.Key + HourMicros)
            {
                problem = string.Create(
                    CultureInfo.InvariantCulture,
                    $"epoch {end} does not lie in one hour, so nothing can be matched by the hour");
                return null;
            }

            // REC-9
            RecBundle[] bundles = [.. hour.SelectMany(epoch => retired[new EpochIndex(epoch)])];
            (EpochIndex Epoch, WattHours Energy)[] consumed =
                [.. hour.Select(epoch => (new EpochIndex(epoch), epochs[epoch].Consumption))];
            hours.Add(new MatchedHour(
                new Instant(hour.Key),
                new WattHours(consumed.Sum(static one => one.Energy.Wh)),
                new WattHours(bundles.Sum(static bundle => bundle.Quantity.Wh)),
                HourlyMatching.Match(consumed, bundles),
                hour.Sum(epoch => epochs[epoch].Unread),
                null));
        }

        problem = null;
        return new MatchingReport(_account, _from, last, hours);
    }

    /// <summary>What the account's meters measured in a closed epoch, corrections included (REC-8).</summary>
    private void Take(SortedDictionary<long, (WattHours Consumption, int Unread)> epochs, long number)
    {
        if (!IsAsked(number) || epochs.ContainsKey(number))
        {
            return;
        }

        WattHours consumption = WattHours.Zero;
        int unread = 0;
        foreach (MeterId meter in _state.Meters.Keys)
        {
            MeterEpoch place = new(meter, new EpochIndex(number));
            if (_state.SettledMeters.TryGet(place, out SettledMeter settled) && settled.Owner == _account)
            {
                consumption += settled.Consumption;
                unread += settled.Version == 0 && _unread.Contains(place) ? 1 : 0;
            }
        }

        epochs.Add(number, (consumption, unread));
    }

    private bool IsAsked(long epoch) =>
        epoch >= _from.Value && (_to is not { } to || epoch <= to.Value);

    /// <summary>The start of the hour in which an epoch begins, in µs.</summary>
    private long HourOf(EpochIndex epoch)
    {
        long start = _state.EndOf(epoch).Micros - _state.LengthOf(epoch).Micros;
        return start - (((start % HourMicros) + HourMicros) % HourMicros);
    }
}
