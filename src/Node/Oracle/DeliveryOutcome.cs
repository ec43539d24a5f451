using System.Collections.Generic;

namespace EnergyNode.Node.Oracle;

/// <summary>What became of the readings of one delivery, each of which is in exactly one of the counts.</summary>
/// <param name="Confirmed">Executed by the ledger now.</param>
/// <param name="Corrected">Of closed epochs without a reading: executed as corrections now.</param>
/// <param name="Already">The ledger had them, or for the open epoch another one of the meter.</param>
/// <param name="Closed">Their epoch is final, or the meter was not there at its close.</param>
/// <param name="RefusedCount">Refuted, or not acceptable to the ledger.</param>
/// <param name="Refused">The first <see cref="OracleLimits.MaxListedRefusals"/> of those.</param>
internal sealed record DeliveryOutcome(
    int Confirmed, int Corrected, int Already, int Closed, int RefusedCount, IReadOnlyList<RefusedReading> Refused);
