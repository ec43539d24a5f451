namespace EnergyNode.Ledger;

/// <summary>
/// Why a command was refused; part of its receipt. Where several apply, the one that stands first here is given.
/// Numbers are part of the wire format and are never reused; gaps belong to errors of commands that are yet to come.
/// </summary>
public enum LedgerError : ushort
{
    None = 0,
    UserNotFound = 1,
    UserAlreadyExists = 2,
    MeterAlreadyAssigned = 3,
    InsufficientBalance = 5,
    TransferToSelf = 8,

    /// <summary>The quantity is not positive or is beyond the limit.</summary>
    InvalidOrderAmount = 9,
    OrderNotFound = 10,

    /// <summary>The order is another account's.</summary>
    UnauthorizedCancellation = 12,

    /// <summary>The signer has neither the role nor the agent right that the command needs.</summary>
    UnauthorizedOperator = 13,

    /// <summary>A sum would leave its bounds; nothing was changed.</summary>
    AmountOverflow = 19,

    /// <summary>The key already belongs to another user.</summary>
    KeyAlreadyUsed = 32,
    MeterNotFound = 33,

    /// <summary>The reading is signed by a key that is not the meter's.</summary>
    WrongMeterKey = 34,

    /// <summary>The reading's interval is not the open epoch.</summary>
    ReadingOutsideEpoch = 35,
    ReadingAlreadySubmitted = 36,

    /// <summary>More energy than the connection can carry in one interval.</summary>
    ReadingAboveRating = 37,
    BookNotFound = 38,

    /// <summary>A price below zero or above the limit.</summary>
    InvalidPrice = 39,

    /// <summary>An amount that is not positive or is beyond the limit.</summary>
    InvalidAmount = 40,

    /// <summary>The epoch named is not the open one.</summary>
    EpochNotOpen = 41,

    /// <summary>Epochs are closed by block time on this chain, not by command.</summary>
    EpochClosedByClock = 42,

    /// <summary>The account or the book has as many open orders as it may have.</summary>
    TooManyOrders = 43,

    /// <summary>Another command of the same atomic batch failed.</summary>
    AtomicBatchFailed = 45,

    /// <summary>The command cannot be part of an atomic batch.</summary>
    NotInAtomicBatch = 46,

    /// <summary>The bytes are no evidence, or do not prove what they say.</summary>
    EvidenceInvalid = 121,

    /// <summary>The offence was proved before, by these bytes or by others.</summary>
    EvidenceAlreadyCommitted = 122,

    /// <summary>Of a height that is not decided yet, is too old, or had another validator set.</summary>
    EvidenceOutOfTime = 123,
}
