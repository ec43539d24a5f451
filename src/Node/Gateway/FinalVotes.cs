using System;
using System.Linq;
using EnergyNode.Actors.Clients;
using EnergyNode.Ledger;
using EnergyNode.Market.Execution;

namespace EnergyNode.Node.Gateway;

/// <summary>
/// What each validator says became of one batch. f + 1 equal reports hold at least one honest one, and an honest one
/// reports only what is final.
/// </summary>
internal sealed class FinalVotes(SignedBatch batch, int validators)
{
    private readonly ClientReceipt.Final?[] _reports = new ClientReceipt.Final?[validators];
    private readonly AdmissionRefusal[] _refusals = new AdmissionRefusal[validators];
    private readonly int _needed = ((validators - 1) / 3) + 1;

    public bool HasReported(int validator) => _reports[validator] is not null;

    /// <returns>The report that f + 1 validators agree on, or null.</returns>
    public ClientReceipt.Final? Report(int validator, ClientReceipt.Final report)
    {
        _reports[validator] = report;
        return _reports.Count(other => other is not null && AreEqual(other, report)) >= _needed ? report : null;
    }

    /// <returns>True when f + 1 validators refuse the batch for good, so an honest one does.</returns>
    public bool Refuse(int validator, AdmissionRefusal reason)
    {
        _refusals[validator] = reason;
        return _refusals.Count(other => other == reason) >= _needed;
    }

    /// <summary>All validators have reported, and no f + 1 of them agree: more than f of them lie.</summary>
    public bool IsContradiction => _reports.All(report => report is not null)
        && !_reports.Any(report => _reports.Count(other => AreEqual(other!, report!)) >= _needed);

    /// <summary>What is wrong with an agreed report; null when nothing is.</summary>
    public string? Problem(ClientReceipt.Final report, Func<Command, LedgerError, bool> tolerates)
    {
        if (report.Status != BatchStatus.Executed || report.Receipts is not { } receipts)
        {
            return $"batch {batch.Nonce} was passed over in block {report.Height}: {report.Status}";
        }

        if (receipts.Receipts.Count != batch.Commands.Count)
        {
            return $"batch {batch.Nonce} has {batch.Commands.Count} commands, "
                + $"but {receipts.Receipts.Count} receipts in block {report.Height}";
        }

        for (int i = 0; i < batch.Commands.Count; i++)
        {
            LedgerError error = receipts.Receipts[i].Error;
            if (error != LedgerError.None && !tolerates(batch.Commands[i], error))
            {
                return $"command {i + 1} of batch {batch.Nonce} ({Describe(batch.Commands[i])}) "
                    + $"was rejected in block {report.Height}: {error}";
            }
        }

        return null;
    }

    private static bool AreEqual(ClientReceipt.Final left, ClientReceipt.Final right) =>
        left.Height == right.Height && left.Status == right.Status
        && (left.Receipts is { } receipts
            ? right.Receipts is { } others && receipts.Batch == others.Batch
                && receipts.Receipts.SequenceEqual(others.Receipts)
            : right.Receipts is null);

    private static string Describe(Command command) => command switch
    {
        Command.PlaceOrder order =>
            $"{order.Side} order of {order.Account}, {order.Quantity} at {order.Limit} in {order.Book}",
        Command.SubmitReading submit =>
            $"reading of {submit.Reading.Meter}, {submit.Reading.Consumption} used, {submit.Reading.Generation} made",
        Command.CloseEpoch close => $"close of epoch {close.Epoch}",
        Command.SetTariff tariff => $"tariff of {tariff.Retail}",
        _ => command.GetType().Name,
    };
}
