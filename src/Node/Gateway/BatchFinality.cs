using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Gateway;

/// <summary>A batch that f + 1 validators report as executed, with equal receipts.</summary>
/// <param name="Height">Of its block.</param>
/// <param name="Receipts">One for each command.</param>
/// <param name="Latency">From the first submission to the report that made f + 1.</param>
public sealed record BatchFinality(
    SignedBatch Batch, Height Height, IReadOnlyList<Receipt> Receipts, TimeSpan Latency);
