using EnergyNode.Ledger;

namespace EnergyNode.Market.Execution;

/// <summary>What became of one batch of a block.</summary>
/// <param name="Receipts">Null unless it was executed.</param>
public sealed record BatchOutcome(SignedBatch Batch, BatchStatus Status, BatchReceipts? Receipts);
