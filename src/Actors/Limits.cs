using EnergyNode.Ledger;

namespace EnergyNode.Actors;

/// <summary>Every bound of the actor runtime, with its reason.</summary>
public static class Limits
{
    /// <summary>Messages an actor may have waiting. 64 Ki envelopes of 16 bytes are 1 MiB, and at 1 M messages/s
    /// a full mailbox is 65 ms of work: more than that is overload, not a burst.</summary>
    public const int DefaultMailboxCapacity = 65_536;

    /// <summary>Messages an actor may set aside. Stashing bridges a short state (a snapshot being loaded), so it gets
    /// a sixteenth of the mailbox.</summary>
    public const int DefaultStashCapacity = 4_096;

    /// <summary>Messages an actor handles before it hands its thread back. At 100 ns each this is 6.4 µs, which makes
    /// the ~0.2 µs of rescheduling 3 % and keeps the wait of the next actor short.</summary>
    public const int DefaultThroughput = 64;

    /// <summary>Characters in one name of a path: room for a hexadecimal public key (64) and a prefix.</summary>
    public const int MaxNameLength = 128;

    /// <summary>Levels below the root. Terminating and suspending walk the tree; ours is 4 deep.</summary>
    public const int MaxTreeDepth = 32;

    /// <summary>Timers of one actor that may be pending. Each is an entry in a heap, ~200 bytes: 3 MiB at most.
    /// Timer messages bypass the mailbox's capacity, so this also bounds that excess.</summary>
    public const int MaxTimersPerActor = 16_384;

    /// <summary>Steps of the seeded runner without virtual time advancing. At ~1 M steps/s this is 20 s of actors
    /// that only talk to each other: a livelock, which must become an error instead of a hang.</summary>
    public const int MaxStepsPerInstant = 20_000_000;

    /// <summary>
    /// Messages that an actor may handle in a row in the seeded runner. A run of some is as good an order as any, and
    /// much quicker: code and data of one actor stay in the processor's caches.
    /// </summary>
    public const int MaxMessagesPerPick = 8;

    /// <summary>Restarts that <see cref="SupervisorStrategy.Default"/> grants within <see cref="DefaultRetryWindow"/>:
    /// an actor that fails ten times a minute has a cause that restarting does not cure.</summary>
    public const int DefaultMaxRetries = 10;

    /// <summary>The window in which <see cref="DefaultMaxRetries"/> is counted.</summary>
    public static readonly Duration DefaultRetryWindow = Duration.FromSeconds(60);

    /// <summary>How long one phase of a coordinated shutdown may take: nine phases stay within the 90 s after which
    /// systemd kills a unit by default.</summary>
    public static readonly Duration DefaultShutdownPhaseTimeout = Duration.FromSeconds(5);

    /// <summary>
    /// A key of the state map in a query: the longest is a table byte and two labels, 1 + 2 × 36 bytes.
    /// </summary>
    public const int MaxQueryKeyBytes = 96;

    /// <summary>
    /// A value of the state map in an answer: the longest is a validator set of 100 × (36 + 32 + 8) bytes.
    /// </summary>
    public const int MaxQueryValueBytes = 8_192;

    /// <summary>Entries of one answer, which ends with the one that passes <see cref="FrameFillBytes"/>.</summary>
    public const int MaxQueryPage = 2_000;

    /// <summary>Receipts of one batch: 1,024 × 10 bytes and some 100 around them.</summary>
    public const int MaxReceiptBytes = 12 * 1024;

    /// <summary>Executed batches whose receipts a node remembers: 65,536 × about 600 bytes = 40 MB.</summary>
    public const int MaxRememberedReceipts = 65_536;

    /// <summary>Hashes in one request for batches: as many as a block may have.</summary>
    public const int MaxBatchesPerRequest = Ledger.Limits.MaxBatchesPerBlock;

    /// <summary>Bytes of batches or blocks put into one frame, before the item that passes it.</summary>
    public const int FrameFillBytes = 1024 * 1024;

    /// <summary>Decided blocks asked for at once when catching up.</summary>
    public const int MaxBlocksPerRequest = 64;

    /// <summary>Blocks in consensus for which batches are pulled at the same time: one height, a few views.</summary>
    public const int MaxWantedBlocks = 8;

    /// <summary>
    /// Only of younger blocks it is asked what they left out: older ones are fetched, and made before the batches came.
    /// </summary>
    public static readonly Duration FreshBlockAge = Duration.FromSeconds(5);

    /// <summary>
    /// Complete blocks above the last executed one whose batches are kept: four times the deepest k of proof of work.
    /// </summary>
    public const int MaxCompleteBlocks = 256;

    /// <summary>Final blocks of the replay that consensus is told: 16,384 × 64 bytes = 1 MB.</summary>
    public const int MaxFinalsRemembered = 16_384;

    /// <summary>Questions that wait for the block in execution to end; later ones go unanswered.</summary>
    public const int MaxWaitingQuestions = 1_024;

    /// <summary>Clients that are told what became of one batch: its owner's gateways.</summary>
    public const int MaxClientsPerBatch = 8;

    /// <summary>Offences that a node has proofs of and that are not on the ledger: mostly 256 × 300 bytes.</summary>
    public const int MaxWaitingEvidence = 256;

    /// <summary>Offences on the ledger that a node remembers, not to bring them again: 104 bytes each.</summary>
    public const int MaxRememberedOffences = 65_536;

    /// <summary>
    /// Records of statements that a node keeps for forensics: 256 contested heights of some 3 KB at four validators.
    /// </summary>
    public const int MaxStatementRecords = 256;

    /// <summary>Evidence submitted at once: as many as may lie of a hundred, some 20 KB of two votes each.</summary>
    public const int MaxEvidencePerTurn = 33;

    /// <summary>A decided block: its batches, 32 KB of their hashes, and certificates of at most 64 KiB.</summary>
    public const int MaxDecidedBlockBytes = Ledger.Limits.MaxBlockBytes + (128 * 1024);

    /// <summary>Peers whose last answer or request is remembered: more than any node has links.</summary>
    public const int MaxPacedPeers = 1_024;

    /// <summary>
    /// Messages of the next validator set that are kept until it takes over: two votes of each of 100 validators and a
    /// few proposals of at most 64 KiB.
    /// </summary>
    public const int MaxEarlyMessages = 256;
}
