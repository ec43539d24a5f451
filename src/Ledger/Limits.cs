namespace EnergyNode.Ledger;

/// <summary>Every bound of the ledger, with the arithmetic behind it.</summary>
public static class Limits
{
    /// <summary>
    /// Certificates carry one signature (66 bytes) for each vote of a quorum: 67 × 66 ≈ 4.4 KB at 100.
    /// </summary>
    public const int MaxValidators = 100;

    /// <summary>
    /// Heights that may be in flight: a view change carries a block of up to 33 KB for each, 8 × 40 KB with prepares.
    /// </summary>
    public const int MaxConsensusWindow = 8;

    /// <summary>1,024 × 32-byte hashes = 32 KB in a proposal.</summary>
    public const int MaxBatchesPerBlock = 1_024;

    /// <summary>
    /// A market maker's few hundred orders at about 100 bytes each, or 512 readings at 200, fit in 128 KiB.
    /// </summary>
    public const int MaxBatchBytes = 128 * 1024;

    /// <summary>
    /// Evidence travels in a batch of its own: 1 KiB is left for the rest of it. Evidence of two votes has 300 bytes;
    /// the longest carries a whole batch, so that of a bad batch within 2 KiB of the limit cannot be proved on the
    /// ledger.
    /// </summary>
    public const int MaxEvidenceBytes = MaxBatchBytes - 1024;

    /// <summary>Evidence of older heights is refused: 10⁶ heights are eleven days at one block each second.</summary>
    public const long MaxEvidenceAgeHeights = 1_000_000;

    /// <summary>Commands of one batch: 1,024 smallest commands (about 60 bytes) make half of a full batch.</summary>
    public const int MaxCommandsPerBatch = 1_024;


    /// <summary>All batches of one block, so that a block and its batches fit into one frame of 8 MiB.</summary>
    public const int MaxBlockBytes = 4 * 1024 * 1024;

    /// <summary>How far a signer's nonces may run apart (design §4): one bit each, 128 bytes for each signer.</summary>
    public const int NonceWindow = 1_024;

    /// <summary>A batch may ask to stay valid for at most one hour of block time.</summary>
    public static readonly Duration MaxValidity = Duration.FromSeconds(3_600);

    /// <summary>10¹⁵ micro-units = 10⁹ currency units: 9,000 such amounts still fit into 63 bits.</summary>
    public const long MaxMoneyMicro = 1_000_000_000_000_000;

    /// <summary>
    /// 10⁹ Wh = 1 GWh in one interval or order; as tokens 10¹⁵ base units, 9,000 of which fit into 63 bits.
    /// </summary>
    public const long MaxEnergyWh = 1_000_000_000;

    /// <summary>
    /// 1,000 currency units per kWh. The dearest order, <see cref="MaxEnergyWh"/> at this price, costs 10¹⁵
    /// micro-units.
    /// </summary>
    public const long MaxPriceMicroPerKwh = 1_000_000_000;

    /// <summary>
    /// The bound on any single balance, on the token supply and on all deposits and all withdrawals: 10¹⁸, so that two
    /// of them still add up.
    /// </summary>
    public const long MaxBalance = 1_000_000_000_000_000_000;

    /// <summary>
    /// The bound on the tokens minted and on the energy consumed (counted in tokens) since genesis, 9 TWh: below 2⁶³ ≈
    /// 9.22 × 10¹⁸. A token is traded at most once and no price is above 1 micro-unit for each base unit, so every sum
    /// of money in a statement or a total stays below this bound, too.
    /// </summary>
    public const long MaxTotal = 9_000_000_000_000_000_000;

    /// <summary>The highest connection rating in W.</summary>
    public const long MaxRatingW = 1_000_000_000;

    /// <summary>One day.</summary>
    public const long MaxEpochMicros = 86_400 * Instant.MicrosPerSecond;

    /// <summary>
    /// 10⁸ epochs of one day from the latest start of epoch 0 (10¹⁷ µs) end at 8.74 × 10¹⁸ µs, below 2⁶³.
    /// </summary>
    public const long MaxEpochs = 100_000_000;

    /// <summary>The latest start of epoch 0 in µs since the Unix epoch: in the year 5138.</summary>
    public const long MaxFirstEpochMicros = 100_000_000_000_000_000;

    /// <summary>Order books of one market; each has its actor.</summary>
    public const int MaxBooks = 1_024;

    /// <summary>How far ahead a forward book may trade: 100 days of quarter-hours.</summary>
    public const long MaxForwardEpochs = 9_600;

    /// <summary>
    /// Forward trades that wait for their epoch; above it forward books take no orders. Those that rest already may
    /// still trade, each trade ending one of them: at most 2²⁰ more for each book.
    /// </summary>
    public const int MaxPositions = 1 << 20;

    /// <summary>A day of quarter-hours in one block order.</summary>
    public const int MaxBlockOrderEpochs = 96;

    /// <summary>
    /// Block orders of one account that go to the books in one block: an agent trades for many accounts, and none of
    /// them takes the share of the others.
    /// </summary>
    public const int MaxBlockOrdersPerAccountAndBlock = 8;

    /// <summary>
    /// Block orders of all accounts that go to the books in one block. Each ends a segment and asks up to 96 books, 0.3
    /// ms where 200 orders rest in each: 64 are 20 ms. When all are filled they are 64 × 96 = 6,144 orders.
    /// </summary>
    public const int MaxBlockOrdersPerBlock = 64;

    /// <summary>Open orders of one account over all books.</summary>
    public const int MaxOpenOrdersPerAccount = 10_000;

    /// <summary>Below a minute a limit would say nothing about a day.</summary>
    public static readonly Duration MinSpendingPeriod = Duration.FromSeconds(60);

    /// <summary>366 days, the longest year; as µs 3.2 × 10¹³.</summary>
    public static readonly Duration MaxSpendingPeriod = Duration.FromSeconds(366 * 86_400);

    /// <summary>A block or so.</summary>
    public static readonly Duration MinTransferDelay = Duration.FromSeconds(1);

    /// <summary>30 days, so that looser terms are never further away than the longest period.</summary>
    public static readonly Duration MaxTransferDelay = Duration.FromSeconds(30 * 86_400);

    /// <summary>Each block looks at all: 1,000 accounts with 64 each are 64,000, about a millisecond.</summary>
    public const int MaxLockedTransfersPerAccount = 64;

    /// <summary>Accounts of one circle: 16 bits of approvals.</summary>
    public const int MaxCircle = 16;

    /// <summary>Operations of one shared account that wait for approvals, 80 bytes each.</summary>
    public const int MaxPendingOperationsPerAccount = 16;

    /// <summary>Seven days, so that members who meet once a week can all approve.</summary>
    public static readonly Duration MaxOperationValidity = Duration.FromSeconds(7 * 86_400);

    /// <summary>A minute, many blocks: enough for a client that watches and vetoes.</summary>
    public static readonly Duration MinRecoveryDelay = Duration.FromSeconds(60);

    /// <summary>30 days.</summary>
    public static readonly Duration MaxRecoveryDelay = Duration.FromSeconds(30 * 86_400);

    /// <summary>
    /// Epochs that one block closes under the block clock; further ones are closed by the next blocks.
    /// </summary>
    public const int MaxEpochClosesPerBlock = 96;

    /// <summary>
    /// Validators and candidates with money at risk: a set is chosen from them at each border, 1,000 rows to sort.
    /// </summary>
    public const int MaxStakedValidators = 1_000;

    /// <summary>Unbondings of one validator that wait: a punishment walks through them.</summary>
    public const int MaxUnbondingsPerValidator = 32;

    /// <summary>Unbondings that one block releases; further ones are released by the next blocks.</summary>
    public const int MaxReleasesPerBlock = 1_024;

    /// <summary>
    /// Punishments that count as correlated, the latest ones: with a stake of 10¹⁸ in all, T is at most 257 × 10¹⁸, and
    /// T times a stake stays below 2¹²⁸.
    /// </summary>
    public const int MaxWindowSlashes = 256;

    /// <summary>366 days.</summary>
    public const long MaxStakingDelayMicros = 366L * 86_400 * Instant.MicrosPerSecond;

    /// <summary>A set epoch of 10⁶ heights at one block each second is 11 days.</summary>
    public const int MaxSetEpochHeights = 1_000_000;

    /// <summary>
    /// How far ahead a change of the consensus protocol may be: at one block a second 10⁶ heights are 11.6 days. No
    /// other change is decided meanwhile.
    /// </summary>
    public const long MaxChangeAheadHeights = 1_000_000;

    /// <summary>Heights in flight are fewer than this on any network.</summary>
    public const int MaxSetWindow = 1_024;

    /// <summary>10 ms: shorter than a message takes, so that nearly every block would meet a rival.</summary>
    public const long MinBlockTimeMicros = 10_000;

    /// <summary>One hour: a block of six levels would be final after six hours.</summary>
    public const long MaxBlockTimeMicros = 3_600_000_000;

    /// <summary>Headers above a final block: 64 × some 340 bytes = 22 KB beside each block.</summary>
    public const int MaxFinalDepth = 64;

    /// <summary>A sixteenth of a difficulty, the step of the retarget, is at least one hash.</summary>
    public const long MinDifficulty = 16;

    /// <summary>2^50 hashes: 10^6 machines of 10^9 hashes a second take a second; 2^53 such fit 128 bits.</summary>
    public const long MaxDifficulty = 1L << 50;

    /// <summary>
    /// Seven days of quarter-hours. For each of them a meter has a row of some 100 bytes: 1,000 meters, 67 MB.
    /// </summary>
    public const long CorrectionWindowEpochs = 7 * 96;

    /// <summary>A meter that corrects one epoch a thousand times is broken.</summary>
    public const long MaxCorrectionVersion = 1_000;

    /// <summary>366 days after the end of its epoch a certificate can no longer be used, whatever the year.</summary>
    public const long CertificateLifeMicros = 366 * MaxEpochMicros;

    /// <summary>The quarter-hours of a leap year: a claim covers at most as many epochs.</summary>
    public const long MaxClaimEpochs = 366 * 96;

    /// <summary>
    /// Bundles in use that one account holds: two meters' quarter-hours of a year, with room for splits.
    /// </summary>
    public const int MaxCertificateBundlesPerAccount = 100_000;

    /// <summary>Open proposals; each close looks at all with all their approvals: 64 × 64 look-ups.</summary>
    public const int MaxProposals = 64;

    /// <summary>1,000 currency units, as the highest price: a million of them are within an amount.</summary>
    public const long MaxOracleFeeMicro = 1_000_000_000;

    /// <summary>
    /// A quarter of what is delivered, several times what long rural lines lose: 10⁹ Wh of one trade then lose
    /// 2.5 × 10¹⁴ base units, 36,000 of which fit into <see cref="MaxTotal"/>.
    /// </summary>
    public const long MaxLossPpm = 250_000;

    /// <summary>4,096 meters, each corrected 200 times in one epoch, and as much again.</summary>
    public const long MaxOracleOperations = 1_000_000;

    /// <summary>Approvals of one proposal, 36 bytes each: 2.3 KB.</summary>
    public const int MaxApprovals = 64;

    /// <summary>
    /// Zones of the network: a clearing merges its n orders once for each zone on the way up, 64 × n.
    /// </summary>
    public const int MaxGridZones = 64;

    /// <summary>30 days: the longest that a decision may have to wait for its effect.</summary>
    public static readonly Duration MaxProposalLock = Duration.FromSeconds(30 * 86_400);

    /// <summary>90 days: the longest lock and two months to approve.</summary>
    public static readonly Duration MaxProposalLife = Duration.FromSeconds(90 * 86_400);
}
