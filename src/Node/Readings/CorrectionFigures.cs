using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Readings;

/// <summary>What became of the readings of closed epochs.</summary>
/// <param name="Corrected">Their epochs were settled anew.</param>
/// <param name="Already">Settled by the same values.</param>
/// <param name="Final">Their epoch can no longer be corrected, or the meter was not there then.</param>
/// <param name="Refused">With the ledger's reason.</param>
/// <param name="Nonce">The highest that the gateway has used then.</param>
internal sealed record CorrectionFigures(
    long Corrected,
    long Already,
    long Final,
    IReadOnlyList<(LateReading Late, LedgerError Error)> Refused,
    long Nonce);
