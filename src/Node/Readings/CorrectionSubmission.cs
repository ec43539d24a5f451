using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using EnergyNode.Node.Gateway;
using EnergyNode.Node.Oracle;
using EnergyNode.Node.Setup;

namespace EnergyNode.Node.Readings;

/// <summary>
/// Compares readings of closed epochs with what these were settled by, as f + 1 validators report it, and corrects what
/// differs (DEV-4). The same file again changes nothing.
/// </summary>
internal sealed class CorrectionSubmission(ChainId chain, GatewayClient gateway, MeterKeys keys, TimeProvider time)
{
    /// <param name="readings">Measured, of epochs before the open one.</param>
    /// <param name="cursor">Where the ledger stands.</param>
    /// <param name="cancellation">Stops; what is corrected stays so.</param>
    /// <exception cref="GatewayException">The validators give no answer, or a batch is not executed.</exception>
    public async Task<CorrectionFigures> RunAsync(
        IReadOnlyList<LateReading> readings, LedgerCursor cursor, CancellationToken cancellation)
    {
        List<LateReading> kept =
            [.. readings.Where(late => late.Epoch.Value >= cursor.OpenEpoch.Value - Limits.CorrectionWindowEpochs)];
        List<(LateReading Late, long Version)> wrong = [];
        long already = 0;
        long gone = 0;
        QuorumReader reader = new(gateway, time);
        foreach (LateReading[] some in kept.Chunk(OracleLimits.MaxLookUps))
        {
            IReadOnlyList<SettledMeter?> settled = await SettledRecords.ReadAsync(
                reader, [.. some.Select(static late => late.Place)], cursor.OpenEpoch, cancellation);
            for (int at = 0; at < some.Length; at++)
            {
                if (settled[at] is not { } row)
                {
                    gone++;
                }
                else if (some[at].Agrees(row))
                {
                    already++;
                }
                else
                {
                    wrong.Add((some[at], row.Version + 1));
                }
            }
        }

        CorrectionFigures sent = await SendAsync(wrong, cursor.Nonce, cancellation);
        return sent with { Already = already, Final = readings.Count - kept.Count + gone };
    }

    private async Task<CorrectionFigures> SendAsync(
        List<(LateReading Late, long Version)> wrong, long nonce, CancellationToken cancellation)
    {
        List<(LateReading Late, LedgerError Error)> refused = [];
        foreach ((LateReading Late, long Version)[] some in wrong.Chunk(SubmitPlan.ReadingsPerBatch))
        {
            SignedBatch batch = SignedBatch.Sign(
                chain,
                ++nonce,
                UtcTime.Of(time.GetUtcNow()).Plus(Duration.FromSeconds(GatewayLimits.ValiditySeconds)),
                BatchFlags.InOrder,
                [.. some.Select(one => one.Late.ToCorrection(chain, one.Version, keys[one.Late.Reading.Meter]))],
                keys.Gateway);
            Submission submission = await gateway.BeginAsync(batch, cancellation);
            BatchFinality finality = await submission.Final.WaitAsync(cancellation);
            refused.AddRange(some.Zip(finality.Receipts)
                .Where(static pair => pair.Second.Error != LedgerError.None)
                .Select(static pair => (pair.First.Late, pair.Second.Error)));
        }

        return new CorrectionFigures(wrong.Count - refused.Count, 0, 0, refused, nonce);
    }
}
