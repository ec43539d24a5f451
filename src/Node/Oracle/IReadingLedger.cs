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

    /// <summary>Signs and submits a batch.</summary>
    /// <returns>When it is final: a receipt for each reading, then one for the close if there is one.</returns>
    /// <exception cref="GatewayException">Nobody knows what became of it; read again.</exception>
    Task<IReadOnlyList<Receipt>> SubmitAsync(OracleBatch batch, CancellationToken cancellation);
}
