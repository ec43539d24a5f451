namespace EnergyNode.Actors.Node;

/// <summary>How much may wait. Node-local: nodes of one chain may differ.</summary>
/// <param name="MaxBatches">Batches from clients and peers that wait.</param>
/// <param name="MaxBytes">Their bytes together.</param>
/// <param name="MaxBatchesPerSigner">Of which one signer may have this many.</param>
/// <param name="MaxBatchesPerBlock">What a proposal takes at most; never above the ledger's limit.</param>
/// <param name="MaxBlockBytes">The same in bytes.</param>
/// <param name="MaxEvidenceBatches">How many a validator without an account may have waiting: evidence only.</param>
public sealed record MempoolLimits(
    int MaxBatches = 4_096,
    long MaxBytes = 64 * 1024 * 1024,
    int MaxBatchesPerSigner = 1_024,
    int MaxBatchesPerBlock = 256,
    int MaxBlockBytes = Ledger.Limits.MaxBlockBytes,
    int MaxEvidenceBatches = 2 * Limits.MaxEvidencePerTurn);
