namespace EnergyNode.Actors.Ports;

/// <summary>
/// The second field of every frame. Numbers are never reused. Lower numbers go first when a link is busy.
/// </summary>
public enum FrameKind : byte
{
    /// <summary>A signed consensus message (vote, proposal, view change, status).</summary>
    Consensus = 1,

    /// <summary>Hashes of batches that the sender wants.</summary>
    BatchRequest = 2,

    /// <summary>Signed batches, spread soon after arrival or as the answer to a request.</summary>
    Batches = 3,

    /// <summary>A request for decided blocks from a height on.</summary>
    BlockRequest = 4,

    /// <summary>Decided blocks with batches and certificates.</summary>
    Blocks = 5,

    /// <summary>Hashes of batches that the sender holds and that still wait.</summary>
    BatchAnnounce = 6,

    /// <summary>Digests of the statements that the sender's sentinel knows.</summary>
    VoteDigests = 7,

    /// <summary>Statements that the sender's sentinel wants to see.</summary>
    VoteRequest = 8,

    /// <summary>Signed statements: the answer to a request.</summary>
    Votes = 9,

    /// <summary>A client's signed batch.</summary>
    Submit = 16,

    /// <summary>The answer to a submission, or the final receipts of a batch.</summary>
    Receipts = 17,

    /// <summary>A client's question about the state.</summary>
    Query = 18,

    /// <summary>The answer to a question.</summary>
    Answer = 19,

    /// <summary>Keeps a link alive; handled by the transport itself.</summary>
    Ping = 32,

    /// <summary>The answer to a ping; handled by the transport itself.</summary>
    Pong = 33,
}
