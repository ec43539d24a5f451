using System.Collections.Generic;

namespace EnergyNode.Node.Oracle;

/// <summary>What became of the readings of one delivery, each of which is in exactly one of the counts.</summary>
/// <param name="Confirmed">Executed by the ledger now.</param>
/// <param name="Already">The ledger had one of the meter and epoch.</param>
/// <param name="Closed">Their epoch is over: they came before, or too late.</param>
/// <param name="RefusedCount">Refuted, or not acceptable to the ledger.</param>
/// <param name="Refused">The first <see cref="OracleLimits.MaxListedRefusals"/> of those.</param>
internal sealed record DeliveryOutcome(
    int Confirmed, int Already, int Closed, int RefusedCount, IReadOnlyList<RefusedReading> Refused);
