using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using EnergyNode.Ledger;
using EnergyNode.Market.Execution;

namespace EnergyNode.Market.Tests.Execution.Naive;

/// <summary>
/// The market's rules once more, as simply as they can be written: unbounded integers, lists that are searched and
/// sorted, whole copies instead of undo. It shares nothing with the ledger but the types of its commands.
/// </summary>
internal sealed class NaiveMarket
{
    /// <summary>The commands that it knows: the market's own. Registry and tokens have their own tests.</summary>
    public static readonly System.Type[] Commands =
    [
        typeof(Command.RegisterUser), typeof(Command.AssignMeter), typeof(Command.GrantAgent),
        typeof(Command.Deposit), typeof(Command.Withdraw), typeof(Command.Transfer), typeof(Command.SetTariff),
        typeof(Command.SubmitReading), typeof(Command.PlaceOrder), typeof(Command.CancelOrder),
        typeof(Command.CloseEpoch),
    ];

    /// <summary>The errors of these commands, as far as its rules go.</summary>
    public static readonly LedgerError[] Errors =
        [.. System.Enum.GetValues<LedgerError>().Where(error =>
            error <= LedgerError.NotInAtomicBatch
            && error is not (LedgerError.CannotRemoveLastAuthority or LedgerError.InsufficientAllowance
                or LedgerError.UnauthorizedMinter or LedgerError.MarketPaused
                or LedgerError.InsufficientOracleBalance or LedgerError.OracleRateExceeded))];

    private readonly MarketParameters _parameters;
    private readonly string[] _books;
    private readonly Dictionary<PublicKey, HashSet<long>> _nonces = [];

    public NaiveMarket(GenesisBlock genesis)
    {
        _parameters = genesis.Market;
        _books = [.. genesis.Books.Select(book => book.Book.ToString()).Order(System.StringComparer.Ordinal)];
        State = new NaiveState
        {
            Retail = genesis.Market.Retail.MicroPerKwh,
            FeedIn = genesis.Market.FeedIn.MicroPerKwh,
            GridFee = genesis.Market.GridFee.MicroPerKwh,
        };
        foreach (GenesisAccount account in genesis.Accounts)
        {
            Register(account.Account.ToString(), account.Roles, account.Key);
            Deposit(account.Account.ToString(), account.Deposit.Micro);
        }

        foreach (Command.AssignMeter meter in genesis.Meters)
        {
            Assign(meter);
        }

        foreach (AgentGrant grant in genesis.Agents)
        {
            State.Agents.Add((grant.Account.ToString(), grant.Agent.ToString()));
        }
    }

    public NaiveState State { get; private set; }

    private long OpenEpoch => (long)State.Totals[0];

    /// <summary>Executes a block.</summary>
    /// <returns>For each batch its status, and for each of its commands the error and the value.</returns>
    public List<(BatchStatus Status, List<(LedgerError Error, long Value)> Receipts)> Execute(
        Instant time, IReadOnlyList<SignedBatch> batches)
    {
        for (int i = 0; i < 96 && _parameters.Clock == MarketClock.Block && time.Micros >= Due(); i++)
        {
            NaiveClose.Run(State, _parameters, _books);
        }

        List<(BatchStatus, List<(LedgerError, long)>)> outcomes = [];
        foreach (SignedBatch batch in batches)
        {
            BatchStatus status = Admit(time, batch);
            outcomes.Add((status, status == BatchStatus.Executed ? Run(batch) : []));
        }

        State.EndSegment();
        return outcomes;
    }

    private BigInteger Due() => _parameters.FirstEpoch.Micros
        + ((BigInteger)(OpenEpoch + 1) * _parameters.EpochLength.Micros) + _parameters.Grace.Micros;

    private BatchStatus Admit(Instant time, SignedBatch batch)
    {
        if (!State.Keys.ContainsKey(batch.Signer))
        {
            return BatchStatus.UnknownSigner;
        }

        BigInteger left = (BigInteger)batch.ValidUntil.Micros - time.Micros;
        if (left < 0 || left > 3_600_000_000)
        {
            return left < 0 ? BatchStatus.Expired : BatchStatus.ValidTooLong;
        }

        HashSet<long> used = _nonces.TryGetValue(batch.Signer, out HashSet<long>? known) ? known : [];
        long highest = used.DefaultIfEmpty(0).Max();
        if (used.Contains(batch.Nonce) || batch.Nonce <= highest - 1_024 || batch.Nonce > highest + 1_024)
        {
            return BatchStatus.NonceUnusable;
        }

        if (batch.Flags.HasFlag(BatchFlags.InOrder) && batch.Nonce != highest + 1)
        {
            return BatchStatus.OutOfOrder;
        }

        used.Add(batch.Nonce);
        _nonces[batch.Signer] = used;
        return BatchStatus.Executed;
    }

    private List<(LedgerError, long)> Run(SignedBatch batch)
    {
        string signer = State.Keys[batch.Signer];
        if (!batch.Flags.HasFlag(BatchFlags.Atomic))
        {
            return [.. batch.Commands.Select(command => Apply(signer, command, false))];
        }

        NaiveState before = State.Copy();
        List<(LedgerError Error, long Value)> receipts = [];
        foreach (Command command in batch.Commands)
        {
            receipts.Add(command is Command.CloseEpoch
                ? (LedgerError.NotInAtomicBatch, 0)
                : Apply(signer, command, true));
            if (receipts[^1].Error != LedgerError.None)
            {
                State = before;
                LedgerError own = receipts[^1].Error;
                return [.. batch.Commands.Select((_, i) =>
                    (i == receipts.Count - 1 ? own : LedgerError.AtomicBatchFailed, 0L))];
            }
        }

        return receipts;
    }

    private (LedgerError Error, long Value) Apply(string signer, Command command, bool isAtomic)
    {
        LedgerError error = command is Command.CancelAll && isAtomic ? CancelAllInAtomicBatch(signer, command)
            : NaiveChecks.Check(State, _parameters, _books, signer, command);
        return error == LedgerError.None ? (error, Perform(command)) : (error, 0);
    }

    private LedgerError CancelAllInAtomicBatch(string signer, Command command)
    {
        LedgerError error = NaiveChecks.Check(State, _parameters, _books, signer, command);
        return error == LedgerError.None ? LedgerError.NotInAtomicBatch : error;
    }

    private long Perform(Command command)
    {
        switch (command)
        {
            case Command.RegisterUser c:
                Register(c.Account.ToString(), Role.None, c.Key);
                return 0;
            case Command.AssignMeter c:
                Assign(c);
                return 0;
            case Command.GrantAgent { Granted: true } c:
                State.Agents.Add((c.Account.ToString(), c.Agent.ToString()));
                return 0;
            case Command.GrantAgent c:
                State.Agents.Remove((c.Account.ToString(), c.Agent.ToString()));
                return 0;
            case Command.Deposit c:
                Deposit(c.Account.ToString(), c.Amount.Micro);
                return 0;
            case Command.Withdraw c:
                State.Accounts[c.Account.ToString()].Money -= c.Amount.Micro;
                State.Totals[2] += c.Amount.Micro;
                return 0;
            case Command.Transfer c:
                State.Accounts[c.From.ToString()].Tokens -= c.Amount.Units;
                State.Accounts[c.To.ToString()].Tokens += c.Amount.Units;
                return 0;
            case Command.SetTariff c:
                (State.Retail, State.FeedIn) = (c.Retail.MicroPerKwh, c.FeedIn.MicroPerKwh);
                return 0;
            case Command.SubmitReading c:
                Read(c.Reading);
                return 0;
            case Command.PlaceOrder c:
                return Place(c);
            case Command.CancelOrder c:
                Change(order => order.Id == c.Order.Value, order => order with { Cancelled = true });
                return 0;
            case Command.CancelAll c:
                return Change(
                    order => order.Owner == c.Account.ToString() && !order.Cancelled
                        && (c.Book is null || order.Book == c.Book.ToString()),
                    order => order with { Cancelled = true });
            case Command.ReplaceOrder c:
                State.Totals[13]++;
                Change(
                    order => order.Id == c.Order.Value,
                    order => order with { Next = (c.Limit.MicroPerKwh, c.Quantity.Wh, (long)State.Totals[13]) });
                return 0;
            default:
                NaiveClose.Run(State, _parameters, _books);
                return 0;
        }
    }

    private long Change(System.Func<NaiveOrder, bool> which, System.Func<NaiveOrder, NaiveOrder> change)
    {
        long changed = 0;
        for (int i = 0; i < State.Orders.Count; i++)
        {
            if (which(State.Orders[i]))
            {
                State.Orders[i] = change(State.Orders[i]);
                changed++;
            }
        }

        return changed;
    }

    private void Register(string name, Role roles, PublicKey key)
    {
        State.Accounts.Add(name, new NaiveAccount(roles));
        State.Keys.Add(key, name);
    }

    private void Deposit(string name, BigInteger amount)
    {
        State.Accounts[name].Money += amount;
        State.Totals[1] += amount;
    }

    private void Assign(Command.AssignMeter meter) => State.Meters.Add(
        meter.Meter.ToString(),
        new NaiveMeter(meter.Owner.ToString(), meter.Key, meter.ImportRatingW, meter.ExportRatingW, -1, 0, 0));

    private void Read(MeterReading reading)
    {
        NaiveMeter meter = State.Meters[reading.Meter.ToString()];
        NaiveAccount owner = State.Accounts[meter.Owner];
        BigInteger used = reading.Consumption.Wh;
        BigInteger made = reading.Generation.Wh;
        BigInteger self = BigInteger.Min(used, made);
        State.Meters[reading.Meter.ToString()] = meter with { Epoch = OpenEpoch, Used = used, Made = made };
        owner.Tokens += (made - self) * 1_000_000;
        foreach ((int index, BigInteger value) in new[] { (0, used), (1, made), (2, self) })
        {
            owner.Statement[index] += value;
        }

        (int, BigInteger)[] totals = [(3, made * 1_000_000), (4, self * 1_000_000), (5, 1), (6, made), (7, used),
            (8, self)];
        foreach ((int index, BigInteger value) in totals)
        {
            State.Totals[index] += value;
        }
    }

    private long Place(Command.PlaceOrder command)
    {
        State.Totals[13]++;
        long id = (long)State.Totals[13];
        State.Orders.Add(new NaiveOrder(
            id,
            command.Account.ToString(),
            command.Book.ToString(),
            command.Side == Side.Buy,
            command.TimeInForce == TimeInForce.GoodTillCancelled,
            command.Limit.MicroPerKwh,
            command.Quantity.Wh,
            false));
        return id;
    }
}
