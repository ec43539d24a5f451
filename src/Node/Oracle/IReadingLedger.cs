using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using EnergyNode.Node.Gateway;
using EnergyNode.Node.Readings;

namespace EnergyNode.Node.Oracle;

/// <summary>The ledger as the oracle sees it: where it stands, and one batch after the other.</summary>
internal interface IReadingLedger
{
    /// <summary>Where the ledger stands, once nothing of this gateway is on its way any more.</summary>
    /// <exception cref="GatewayException">The validators do not answer alike.</exception>
    Task<LedgerCursor> ReadAsync(CancellationToken cancellation);

    /// <summary>By what values meters are settled in closed epochs.</summary>
    /// <param name="places">At most <see cref="OracleLimits.MaxLookUps"/>, all before the open epoch.</param>
    /// <param name="open">The open epoch: an answer from before it was opened does not count.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>For each place its record; null where the ledger has none, or none any more.</returns>
    /// <exception cref="GatewayException">The validators do not answer alike, or lag behind.</exception>
    Task<IReadOnlyList<SettledMeter?>> ReadSettledAsync(
        IReadOnlyList<MeterEpoch> places, EpochIndex open, CancellationToken cancellation);

    /// <summary>Signs and submits a batch.</summary>
    /// <returns>
    /// When it is final: a receipt for each reading, for each correction, then one for the close if there is one.
    /// </returns>
    /// <exception cref="GatewayException">Nobody knows what became of it; read again.</exception>
    Task<IReadOnlyList<Receipt>> SubmitAsync(OracleBatch batch, CancellationToken cancellation);
}
