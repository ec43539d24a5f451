using System.Collections.Generic;

namespace EnergyNode.Node.Readings;

/// <summary>
/// Follows charging transactions through records, and adds up what each took: its register at the end minus the same
/// register at the begin. The register is the one that the begin names first.
/// </summary>
internal sealed class OcmfTransactions(InspectionReport report)
{
    private readonly Dictionary<(string Transaction, string Source), Open> _open = [];
    private int _record;
    private (int Record, (string, string) Key) _closed = (-1, ("", ""));

    /// <summary>How many came to their end.</summary>
    public int Completed { get; private set; }

    /// <summary>Takes the next record. Its signature is valid.</summary>
    public void Accept(OcmfSource source, OcmfPayload payload)
    {
        _record++;
        (string, string) key = (source.Transaction, payload.Source);
        foreach (OcmfReading reading in payload.Readings)
        {
            CheckState(source.Line, reading);
            if (EnergyOf(source.Line, reading) is { } energy)
            {
                Accept(source.Line, key, reading, energy);
            }
        }
    }

    /// <summary>No record follows.</summary>
    public void Complete()
    {
        foreach (Open transaction in _open.Values)
        {
            report.Problems.Add(transaction.Line, ReadingRule.NoEnd, "the transaction that begins here has no end");
        }

        _open.Clear();
    }

    private void Accept(int line, (string, string) key, OcmfReading reading, ExactEnergy energy)
    {
        if (reading.Transaction == 'B')
        {
            Begin(line, key, reading, energy);
            return;
        }

        bool ends = reading.Transaction is 'E' or 'L' or 'R' or 'A' or 'P';
        if (!_open.TryGetValue(key, out Open? transaction))
        {
            if (ends && _closed != (_record, key))
            {
                report.Problems.Add(line, ReadingRule.NoBegin, "the transaction that ends here has no begin");
            }

            return;
        }

        if (reading.Transaction is null || reading.Register != transaction.Register)
        {
            return;
        }

        bool goodBefore = transaction.IsGood;
        Check(line, transaction, reading, energy);
        transaction.Last = energy;
        if (!ends)
        {
            return;
        }

        _open.Remove(key);
        _closed = (_record, key);
        Completed++;
        if (goodBefore && transaction.IsGood && reading.IsGood)
        {
            report.Sum += energy - transaction.First;
        }
    }

    private void Begin(int line, (string, string) key, OcmfReading reading, ExactEnergy energy)
    {
        if (_open.TryGetValue(key, out Open? running))
        {
            if (running.Record == _record && running.Register != reading.Register)
            {
                return;
            }

            report.Problems.Add(
                running.Line, ReadingRule.NoEnd,
                $"the transaction that begins here has no end before the next in line {line}");
        }

        _open[key] = new Open(line, _record, reading.Register, energy, reading.TimeMillis)
        {
            Last = energy,
            IsGood = reading.IsGood,
        };
    }

    private void Check(int line, Open transaction, OcmfReading reading, ExactEnergy energy)
    {
        if (energy.CompareTo(transaction.Last) < 0)
        {
            transaction.IsGood = false;
            report.Problems.Add(
                line, ReadingRule.RegisterDecreases, $"the register falls from {transaction.Last} Wh to {energy} Wh");
        }

        if (reading.TimeMillis is { } time && transaction.BeginMillis is { } begin && time < begin)
        {
            report.Problems.Add(
                line, ReadingRule.TimeOrder,
                $"the reading of {UtcTimestamp.Format(time)} is before its transaction's begin, "
                + UtcTimestamp.Format(begin));
        }
    }

    private void CheckState(int line, OcmfReading reading)
    {
        if (!reading.IsGood || reading.ErrorFlags.Length > 0)
        {
            report.Problems.Add(
                line, ReadingRule.MeterState,
                $"the meter's state is {XmlCursor.Shown(reading.State)}, "
                + $"its error flags {XmlCursor.Shown(reading.ErrorFlags)}");
        }

        if (reading.TimeMillis is null)
        {
            report.Problems.Add(
                line, ReadingRule.InvalidTime, "a reading's TM is no time as in 2018-07-24T13:22:04,000+0200 S");
        }
    }

    /// <returns>Null for what is no energy; the resistance of the cable (mOhm, uOhm) is none and no problem.</returns>
    private ExactEnergy? EnergyOf(int line, OcmfReading reading)
    {
        if (reading.Unit is "mOhm" or "uOhm")
        {
            return null;
        }

        if (!reading.IsEnergy)
        {
            report.Problems.Add(
                line, ReadingRule.Unit, $"unit {XmlCursor.Shown(reading.Unit)} is not read, only kWh and Wh are");
            return null;
        }

        if (reading.Value is not { } value)
        {
            report.Problems.Add(line, ReadingRule.MissingValue, "the reading has no value (RV)");
            return null;
        }

        ExactEnergy? energy = reading.EnergyOf(out EnergyFault fault);
        if (energy is null)
        {
            (ReadingRule rule, string why) = fault switch
            {
                EnergyFault.TooFine => (ReadingRule.Precision, "is no whole number of µWh"),
                EnergyFault.OutOfRange => (ReadingRule.OutOfRange, "is more than a register holds"),
                _ => (ReadingRule.Number, "is no number"),
            };
            report.Problems.Add(line, rule, $"value {XmlCursor.Shown(value)} {reading.Unit} {why}");
        }

        return energy is { MicroWattHours: var micro } && micro < 0 ? Negative(line, value) : energy;
    }

    private ExactEnergy? Negative(int line, string value)
    {
        report.Problems.Add(line, ReadingRule.Negative, $"a register of {XmlCursor.Shown(value)} is below zero");
        return null;
    }

    /// <summary>A transaction that has begun.</summary>
    private sealed class Open(int line, int record, string register, ExactEnergy first, long? beginMillis)
    {
        public int Line { get; } = line;

        public int Record { get; } = record;

        public string Register { get; } = register;

        public ExactEnergy First { get; } = first;

        public long? BeginMillis { get; } = beginMillis;

        public ExactEnergy Last { get; set; }

        /// <summary>Its energy can be used.</summary>
        public bool IsGood { get; set; }
    }
}
