using System;

namespace EnergyNode.Ledger;

/// <summary>
/// The whole replicated state: typed tables in front of one authenticated map. Read by everybody, changed by the
/// ledger's and the market's rules only. Key prefixes and value encodings are listed in docs/spec/wire.md.
/// </summary>
public sealed partial class LedgerState
{
    private readonly StateMap _map;
    private readonly BorshWriter _keyScratch = new();
    private readonly BorshWriter _valueScratch = new();
    private readonly StateTable[] _tables;
    private readonly Table<byte, MarketParameters> _parameters =
        new(StateTables.Parameters, static (_, _) => { }, static (value, writer) => value.Encode(writer));

    private readonly Table<byte, MarketTotals> _totals =
        new(StateTables.Totals, static (_, _) => { }, static (value, writer) => value.Encode(writer));

    /// <summary>Every table is listed here, once; a test finds the one that is forgotten.</summary>
    /// <param name="shared">Where many ledgers of one process hash the same; null where each hashes for itself.</param>
    public LedgerState(SharedHashes? shared = null)
    {
        _map = new StateMap(shared);
        OwnOrders = new OwnOrders(Orders);
        _tables =
        [
            _parameters,
            _totals,
            Users,
            AccountsByKey,
            Balances,
            Statements,
            Meters,
            Agents,
            Nonces,
            Books,
            Orders,
            EpochResults,
            OrderCounts,
            Zones,
            Feeders,
            MeterSites,
            Assets,
            Allowances,
            SpendingPolicies,
            LockedTransfers,
            _lastTransfer,
            RevokedKeys,
            Circles,
            Operations,
            Recoveries,
            Offences,
            .. Staking.Tables,
            _governance,
            Proposals,
            PausedBooks,
            Decisions,
            PastCalendars,
            Generation,
            RecBundles,
            _recTotals,
            RecHoldings,
            _distanceFees,
            GridPlaces,
            Lines,
            LineFlows,
            Couplings,
            SettledPrices,
            SettledMeters,
            SettledAccounts,
            _deviationPrices,
            CorrectionSums,
            _oracleTerms,
            OracleAccounts,
            _lossFactors,
            OpenLosses,
            BookParameters,
            BookChanges,
            BookExpiries,
            Positions,
            Clearings,
        ];
    }

    public Table<AccountId, User> Users { get; } =
        new(
            StateTables.Users,
            static (key, writer) => writer.AccountId(key),
            static (value, writer) => value.Encode(writer));

    public Table<PublicKey, AccountId> AccountsByKey { get; } =
        new(
            StateTables.AccountsByKey,
            static (key, writer) => writer.PublicKey(key),
            static (value, writer) => writer.AccountId(value));

    public Table<AccountId, Balance> Balances { get; } =
        new(
            StateTables.Balances,
            static (key, writer) => writer.AccountId(key),
            static (value, writer) => value.Encode(writer));

    public Table<AccountId, Statement> Statements { get; } =
        new(
            StateTables.Statements,
            static (key, writer) => writer.AccountId(key),
            static (value, writer) => value.Encode(writer));

    public Table<MeterId, Meter> Meters { get; } =
        new(
            StateTables.Meters,
            static (key, writer) => writer.MeterId(key),
            static (value, writer) => value.Encode(writer));

    public Table<AgentGrant, bool> Agents { get; } = new(
        StateTables.Agents,
        static (key, writer) =>
        {
            writer.AccountId(key.Account);
            writer.AccountId(key.Agent);
        },
        static (value, writer) => writer.Bool(value));

    public Table<PublicKey, NonceWindow> Nonces { get; } =
        new(
            StateTables.Nonces,
            static (key, writer) => writer.PublicKey(key),
            static (value, writer) => value.Encode(writer));

    /// <summary>Order books and how many orders rest in each.</summary>
    public Table<BookId, int> Books { get; } =
        new(StateTables.Books, static (key, writer) => writer.BookId(key), static (value, writer) => writer.I64(value));

    public Table<OrderId, OpenOrder> Orders { get; } =
        new(
            StateTables.Orders,
            static (key, writer) => writer.I64(key.Value),
            static (value, writer) => value.Encode(writer));

    public Table<BookEpoch, EpochResult> EpochResults { get; } = new(
        StateTables.EpochResults,
        static (key, writer) =>
        {
            writer.BookId(key.Book);
            writer.I64(key.Epoch.Value);
        },
        static (value, writer) => value.Encode(writer));

    /// <summary>How many open orders an account has.</summary>
    public Table<AccountId, int> OrderCounts { get; } =
        new(
            StateTables.OrderCounts,
            static (key, writer) => writer.AccountId(key),
            static (value, writer) => writer.I64(value));

    /// <summary>The rules of each order book; changed by <see cref="BookRules"/> only.</summary>
    public Table<BookId, BookParameters> BookParameters { get; } =
        new(
            StateTables.BookParameters,
            static (key, writer) => writer.BookId(key),
            static (value, writer) => value.Encode(writer));

    /// <summary>Rules of books that hold from the next close of an epoch on.</summary>
    public Table<BookId, BookParameters> BookChanges { get; } =
        new(
            StateTables.BookChanges,
            static (key, writer) => writer.BookId(key),
            static (value, writer) => value.Encode(writer));

    /// <summary>
    /// Of books in which good-till-time orders may rest: an instant before which none of them ends.
    /// </summary>
    public Table<BookId, Instant> BookExpiries { get; } =
        new(
            StateTables.BookExpiries,
            static (key, writer) => writer.BookId(key),
            static (value, writer) => writer.I64(value.Micros));

    /// <summary>Forward trades that wait for their epoch.</summary>
    public Table<PositionKey, Position> Positions { get; } = new(
        StateTables.Positions,
        static (key, writer) =>
        {
            writer.I64(key.Delivery.Value);
            writer.I64(key.Trade);
        },
        static (value, writer) => value.Encode(writer));

    /// <summary>What each call auction's clearing did in each epoch.</summary>
    public Table<BookEpoch, ClearingSummary> Clearings { get; } = new(
        StateTables.Clearings,
        static (key, writer) =>
        {
            writer.BookId(key.Book);
            writer.I64(key.Epoch.Value);
        },
        static (value, writer) => value.Encode(writer));

    /// <summary>Validators, their stakes, and the set in force.</summary>
    public StakingState Staking { get; } = new();

    public MarketParameters Parameters
    {
        get => _parameters.GetOrDefault(0);
        internal set => _parameters.Set(0, value);
    }

    public MarketTotals Totals
    {
        get => _totals.GetOrDefault(0);
        internal set => _totals.Set(0, value);
    }

    internal OwnOrders OwnOrders { get; }

    /// <summary>The start of the open epoch.</summary>
    public Instant OpenEpochStart => Parameters.StartOf(Totals.OpenEpoch);

    /// <summary>Writes what changed since the last call into the map and hashes it.</summary>
    public Hash32 CommitRoot()
    {
        foreach (StateTable table in _tables)
        {
            table.Flush(_map, _keyScratch, _valueScratch);
        }

        return _map.Root();
    }

    /// <summary>
    /// All leaves from the first key that is not less than a key, in key order, as of the last commit.
    /// </summary>
    public StateCursor EntriesFrom(ReadOnlySpan<byte> key) => _map.EntriesFrom(key);

    /// <summary>A proof that a key has its value, or has none, under the root of the last commit.</summary>
    public StateProof Prove(byte[] mapKey) => _map.Prove(mapKey);

    /// <summary>From here on every change can be undone, until <see cref="EndScope"/>.</summary>
    internal void BeginScope()
    {
        foreach (StateTable table in _tables)
        {
            table.BeginScope();
        }
    }

    /// <param name="keep">False takes all changes since <see cref="BeginScope"/> back.</param>
    internal void EndScope(bool keep)
    {
        foreach (StateTable table in _tables)
        {
            table.EndScope(keep);
        }
    }
}
