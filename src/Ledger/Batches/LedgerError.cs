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

    /// <summary>Validators of this chain do not come and go by stake.</summary>
    StakingClosed = 110,

    /// <summary>The account stands behind no validator.</summary>
    ValidatorNotFound = 111,

    /// <summary>The key is another account's validator, or the account's validator has another key.</summary>
    ValidatorKeyTaken = 112,

    /// <summary>Another validator has the account's name.</summary>
    ValidatorNameTaken = 113,

    /// <summary>The stake would be above zero and below the least one.</summary>
    StakeTooSmall = 114,

    /// <summary>As many validators have money at risk as may have.</summary>
    TooManyValidators = 115,

    /// <summary>As many unbondings of the validator wait as may wait.</summary>
    TooManyUnbondings = 116,
    NotJailed = 117,

    /// <summary>The jail time is not over.</summary>
    StillJailed = 118,

    /// <summary>Nobody would be left to validate.</summary>
    LastValidator = 119,

    /// <summary>The account that receives slashed money cannot bond.</summary>
    SlashReceiver = 120,
}
