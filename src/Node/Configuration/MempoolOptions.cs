namespace EnergyNode.Node.Configuration;

/// <summary>Bounds of the batches that wait for a block.</summary>
/// <param name="MaxBatches">Batches of all signers.</param>
/// <param name="MaxBytes">Bytes of all batches.</param>
/// <param name="MaxBatchesPerSigner">Batches of one signer.</param>
public sealed record MempoolOptions(int MaxBatches, long MaxBytes, int MaxBatchesPerSigner);
