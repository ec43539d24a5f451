using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;

namespace EnergyNode.Node.Readings;

/// <summary>
/// Inspects OCMF records: each signature, then the transactions of those that hold. What is not signed rightly adds no
/// energy.
/// </summary>
internal sealed class OcmfInspection
{
    private readonly InspectionReport _report = new(ReadingFormat.Ocmf);
    private readonly OcmfTransactions _transactions;
    private readonly HashSet<string> _meters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

    private readonly Action<int, OcmfSource, OcmfPayload>? _each;

    private OcmfInspection(Action<int, OcmfSource, OcmfPayload>? each)
    {
        _each = each;
        _transactions = new OcmfTransactions(_report);
    }

    /// <param name="sources">The records.</param>
    /// <param name="each">
    /// Is told each record whose signature is valid, once, in the order of the file, with its number from 1 on.
    /// </param>
    public static InspectionReport Run(
        IReadOnlyList<OcmfSource> sources, Action<int, OcmfSource, OcmfPayload>? each = null)
    {
        OcmfInspection inspection = new(each);
        foreach (OcmfSource source in sources)
        {
            inspection.Inspect(source);
        }

        inspection.Finish();
        return inspection._report;
    }

    private void Inspect(OcmfSource source)
    {
        OcmfRecord record;
        OcmfPayload payload;
        try
        {
            record = OcmfRecord.Parse(source);
            payload = record.ParsePayload();
        }
        catch (OcmfException error)
        {
            _report.Signatures.Add(SignatureVerdict.Refuse(null, error.Message));
            _report.Problems.Add(source.Line, ReadingRule.MalformedRecord, error.Message);
            return;
        }

        SignatureVerdict verdict = Verify(record, source);
        _report.Signatures.Add(verdict);
        Count(payload, source.Line);
        if (verdict.Valid && IsFirst(record, source))
        {
            _transactions.Accept(source, payload);
            _each?.Invoke(_report.Signatures.Count, source, payload);
        }
    }

    private static SignatureVerdict Verify(OcmfRecord record, OcmfSource source)
    {
        OcmfCurve? curve = null;
        try
        {
            OcmfSignature signature = record.ParseSignature();
            curve = signature.Curve;
            return string.IsNullOrWhiteSpace(source.Key)
                ? SignatureVerdict.Refuse(curve.Name, "the file has no public key for it")
                : signature.Verify(record.Payload, OcmfPublicKey.Parse(source.Key, source.KeyEncoding, curve));
        }
        catch (OcmfException error)
        {
            return SignatureVerdict.Refuse(curve?.Name, error.Message);
        }
    }

    private void Count(OcmfPayload payload, int line)
    {
        _report.Readings += payload.Readings.Count;
        _meters.Add(payload.Source);
        if (_report.Readings > ReadingsLimits.MaxReadings)
        {
            throw new UnreadableFileException(
                line, 1, string.Create(
                    CultureInfo.InvariantCulture, $"the file has more than {ReadingsLimits.MaxReadings:N0} readings"),
                "split it");
        }

        foreach (OcmfReading reading in payload.Readings)
        {
            _report.CountQuality(reading.IsGood ? EspiCodes.QualityValid : EspiCodes.QualityQuestionable);
            if (reading.TimeMillis is { } time)
            {
                _report.Span(time, time);
            }
        }
    }

    /// <summary>A record that comes again proves nothing new: it is counted once.</summary>
    private bool IsFirst(OcmfRecord record, OcmfSource source)
    {
        string digest = Convert.ToHexString(SHA256.HashData(record.Payload));
        if (_seen.TryAdd(digest, source.Line))
        {
            return true;
        }

        _report.Problems.Add(
            source.Line, ReadingRule.Duplicate, $"the same payload is already in line {_seen[digest]}");
        return false;
    }

    private void Finish()
    {
        _transactions.Complete();
        _report.Meters = _meters.Count;
        _report.Details.Add(("transactions", _transactions.Completed.ToString("N0", CultureInfo.InvariantCulture)));
        if (_report.Signatures.Count == 0)
        {
            _report.Problems.Add(1, ReadingRule.Empty, "the file has no signed record");
        }
        else if (_report.Readings == 0 && _report.Signatures.Any(static signature => signature.Valid))
        {
            _report.Problems.Add(1, ReadingRule.Empty, "the records have no reading");
        }
    }
}
