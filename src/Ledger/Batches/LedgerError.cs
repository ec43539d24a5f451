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

    /// <summary>The quantity is not positive, beyond the limit, or not of whole lots.</summary>
    InvalidOrderAmount = 9,
    OrderNotFound = 10,

    /// <summary>The order was open, but filled or ended earlier in the same segment of the block.</summary>
    OrderAlreadyFilled = 11,

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

    /// <summary>
    /// A tariff below zero or above the limit; an order's limit outside its book's floor and cap or between its ticks.
    /// </summary>
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

    /// <summary>The book takes no orders: it is shut, or its gate is closed.</summary>
    BookClosed = 60,

    /// <summary>The order's terms exclude each other, or the book's mechanism knows them not.</summary>
    InvalidOrderTerms = 61,

    /// <summary>A post-only order would have traded.</summary>
    WouldTrade = 62,

    /// <summary>Another replacement of the order waits for the end of the segment.</summary>
    OrderBeingReplaced = 63,

    /// <summary>A book's parameters contradict each other or are out of bounds.</summary>
    InvalidBookParameters = 64,

    /// <summary>The market has as many books as it may have.</summary>
    TooManyBooks = 65,
}
