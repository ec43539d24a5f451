namespace EnergyNode.Node.Work;

/// <summary>What a node spends its processor time on.</summary>
internal enum WorkKind
{
    /// <summary>Verifying and making Ed25519 signatures, wherever it happens.</summary>
    Signatures,

    /// <summary>The consensus machine and the sentinels that watch it.</summary>
    Consensus,

    /// <summary>Executing blocks: the ledger, its state tree, and the order books.</summary>
    Market,

    /// <summary>Batches that wait: decoding, spreading, payloads of blocks.</summary>
    Mempool,

    /// <summary>All other actors: peers, sync, read model, feeds.</summary>
    OtherActors,
}
