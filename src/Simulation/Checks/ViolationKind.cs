namespace EnergyNode.Simulation;

/// <summary>Which promise was broken.</summary>
public enum ViolationKind
{
    /// <summary>Two nodes decided different blocks at one height.</summary>
    Agreement,

    /// <summary>A node's state or receipts differ from those of a separate execution of the same blocks.</summary>
    StateRoot,

    /// <summary>A decided block is not what it should be: a batch nobody submitted, a bad certificate.</summary>
    Validity,

    /// <summary>A node signed two votes that exclude each other, in one life or over several.</summary>
    DoubleVote,

    /// <summary>Something left a node before that which it promises was durable.</summary>
    PersistBeforeSend,

    /// <summary>A node lost a block that it had announced as final, or restarted into another past.</summary>
    Durability,

    /// <summary>Money or tokens appeared or vanished.</summary>
    Conservation,

    /// <summary>A book and the ledger disagree about open orders or what is held for them.</summary>
    BookInvariant,

    /// <summary>An honest node throttled, cut or refused an honest one.</summary>
    HonestPunished,

    /// <summary>A sentinel accused a validator that never lied, or had evidence that proves nothing.</summary>
    FalseAccusation,

    /// <summary>A node stopped by itself.</summary>
    NodeStopped,

    /// <summary>After healing, not everything was done in time.</summary>
    Liveness,
}
