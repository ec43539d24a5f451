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

    /// <summary>Nobody active would be left to be an authority, or the governance.</summary>
    CannotRemoveLastAuthority = 4,
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

    /// <summary>The signer, or the account that it acts for, is suspended. Asked before all others.</summary>
    UserSuspended = 80,

    /// <summary>The signer, the account that it acts for, or the receiver has left. Asked before all others.</summary>
    UserInactive = 81,
    ZoneNotFound = 92,
    ZoneAlreadyExists = 93,
    FeederNotFound = 94,
    FeederAlreadyExists = 95,
    AssetNotFound = 96,
    AssetAlreadyExists = 97,

    /// <summary>The meter or device is another account's.</summary>
    NotTheOwner = 98,
    AssetRetired = 99,

    /// <summary>A device does not go back to an earlier status, nor to the one that it has.</summary>
    InvalidAssetStatus = 100,

    /// <summary>Not exactly one role.</summary>
    InvalidRole = 101,

    /// <summary>A capacity or nameplate outside 1 … 10⁹ W, or a nameplate for a meter of import only.</summary>
    InvalidRating = 103,

    /// <summary>Generation at a meter of import only, or consumption at one of export only.</summary>
    ReadingAgainstDirection = 104,

    /// <summary>More generation than the devices behind the meter can make in one interval.</summary>
    ReadingAboveNameplate = 105,
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
