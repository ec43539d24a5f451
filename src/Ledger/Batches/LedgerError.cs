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

    /// <summary>Nobody active would be left to be an authority, or too few for the governance to decide.</summary>
    CannotRemoveLastAuthority = 4,
    InsufficientBalance = 5,

    /// <summary>Less is left of what the owner has approved.</summary>
    InsufficientAllowance = 6,

    /// <summary>Tokens come from readings alone.</summary>
    UnauthorizedMinter = 7,
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

    /// <summary>Less is prepaid than the oracle operation costs.</summary>
    InsufficientOracleBalance = 16,

    /// <summary>The account has had as many oracle operations executed in the open epoch as it may have.</summary>
    OracleRateExceeded = 17,

    /// <summary>A sum would leave its bounds; nothing was changed.</summary>
    AmountOverflow = 19,

    /// <summary>The governance has paused the market or the book: orders can only be cancelled.</summary>
    MarketPaused = 20,

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

    /// <summary>A book that a block order needs is a call auction, which cannot trade at once.</summary>
    BookNotContinuous = 66,

    /// <summary>The books do not offer all that a block order wants within its limit: none of it traded.</summary>
    BlockNotFilled = 67,

    /// <summary>As many block orders, of the account or of all, went to the books in this block as may.</summary>
    TooManyBlockOrders = 68,

    /// <summary>The signer, or the account that it acts for, is suspended. Asked before all others.</summary>
    UserSuspended = 80,

    /// <summary>The signer, the account that it acts for, or the receiver has left. Asked before all others.</summary>
    UserInactive = 81,

    /// <summary>The account is shared: its members approve what it does. Asked before all others.</summary>
    ApprovalsNeeded = 82,

    /// <summary>The account is none of the members or guardians.</summary>
    NotInCircle = 83,

    /// <summary>The key was replaced or revoked once, and is nobody's any more.</summary>
    KeyRevoked = 84,

    /// <summary>A threshold, delay or list of accounts outside its bounds or order.</summary>
    InvalidCircle = 85,

    /// <summary>The operation's time has passed, or is too far ahead.</summary>
    OperationExpired = 86,

    /// <summary>The same account has approved the same before.</summary>
    AlreadyApproved = 87,

    /// <summary>The account has as many transfers or operations waiting as it may have.</summary>
    TooManyPending = 88,

    /// <summary>A shared account cannot do this by approvals.</summary>
    OperationNotAllowed = 89,

    /// <summary>More than the account lets go in one period.</summary>
    SpendingLimitExceeded = 90,

    /// <summary>No transfer waits under this number.</summary>
    TransferNotFound = 91,
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

    /// <summary>Nobody has voted like this.</summary>
    RecoveryNotFound = 102,

    /// <summary>A capacity or nameplate outside 1 … 10⁹ W, or a nameplate for a meter of import only.</summary>
    InvalidRating = 103,

    /// <summary>Generation at a meter of import only, or consumption at one of export only.</summary>
    ReadingAgainstDirection = 104,

    /// <summary>More generation than the devices behind the meter can make in one interval.</summary>
    ReadingAboveNameplate = 105,

    /// <summary>A period, delay or amount outside its bounds.</summary>
    InvalidSpendingTerms = 106,

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

    /// <summary>The bytes are no evidence, or do not prove what they say.</summary>
    EvidenceInvalid = 121,

    /// <summary>The offence was proved before, by these bytes or by others.</summary>
    EvidenceAlreadyCommitted = 122,

    /// <summary>Of a height that is not decided yet, is too old, or had another validator set.</summary>
    EvidenceOutOfTime = 123,

    /// <summary>Here the governance decides by proposal, with several approvals.</summary>
    ProposalNeeded = 130,

    /// <summary>Never there, decided, cancelled or expired.</summary>
    ProposalNotFound = 131,

    /// <summary>The account has not approved the proposal.</summary>
    NotApproved = 132,

    /// <summary>The proposal is another account's.</summary>
    NotTheProposer = 133,

    /// <summary>A time lock too short or too long, or an expiry before its end or too late.</summary>
    InvalidSchedule = 134,

    /// <summary>As many proposals are open as may be.</summary>
    TooManyProposals = 135,

    /// <summary>The proposal has as many approvals as it may have.</summary>
    TooManyApprovals = 136,

    /// <summary>A duration outside its bounds.</summary>
    InvalidParameter = 137,

    /// <summary>A threshold of zero, or above the number of active holders of the role.</summary>
    InvalidThreshold = 138,

    /// <summary>Not a later version, not at a height to come, or while another upgrade is still to come.</summary>
    InvalidUpgrade = 139,

    /// <summary>
    /// Not another protocol, not its parameters, too close or too far ahead, while another change is still to come, or
    /// proof of work on an open chain.
    /// </summary>
    InvalidConsensusChange = 140,

    /// <summary>On an open chain validators come by stake; the governance can only send them away.</summary>
    ValidatorsByStake = 141,

    /// <summary>Certificates are issued, and consumption is claimed, for closed epochs only.</summary>
    EpochNotClosed = 150,

    /// <summary>Every Wh that the meter generated in the epoch is certified already, or it generated none.</summary>
    NothingToCertify = 151,
    CertificateNotFound = 152,

    /// <summary>The bundle is another account's.</summary>
    CertificateNotOwned = 153,

    /// <summary>The bundle has been claimed.</summary>
    CertificateRetired = 154,

    /// <summary>The epoch is too long ago.</summary>
    CertificateExpired = 155,

    /// <summary>The epochs claimed are not closed, are too many, or end before they begin.</summary>
    InvalidClaimPeriod = 156,

    /// <summary>The receiver holds as many bundles as it may.</summary>
    TooManyCertificates = 157,

    /// <summary>The book is of a zone of the network, and the account is not in that zone alone.</summary>
    NotInZone = 170,

    /// <summary>The zone above is not in the network, or is below this one.</summary>
    GridNotRadial = 171,

    /// <summary>The network has as many zones as it may have.</summary>
    TooManyGridZones = 172,

    /// <summary>A book of a zone of the network must be a call auction at a uniform price.</summary>
    BookCannotCouple = 173,

    /// <summary>The epoch has left the window of corrections.</summary>
    CorrectionTooLate = 180,

    /// <summary>The meter was not there when the epoch closed.</summary>
    MeterNotSettled = 181,

    /// <summary>The same correction counts already.</summary>
    CorrectionAlreadyApplied = 182,

    /// <summary>A correction that prevails over this one counts already.</summary>
    CorrectionOutdated = 183,

    /// <summary>More than the corrected generation is certified.</summary>
    GenerationCertified = 184,
}
