using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using EnergyNode.Actors;
using EnergyNode.Actors.Node;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Ledger;
using EnergyNode.Node.Admin;

namespace EnergyNode.Node.Hosting;

/// <summary>What pbm can ask of a node about the chain, its accounts and its books.</summary>
internal sealed class LedgerInspection(
    ActorSystem system, NodeActors actors, IJournal journal, GenesisBlock genesis)
{
    public void Register(AdminRegistry registry)
    {
        registry.Add(NodeInspection.Command(
            "ledger",
            "block",
            "one decided block",
            [
                new AdminArgument("height", AdminArgumentKind.Number, "the block's height; the last one if absent")
                {
                    Positional = true,
                },
            ],
            ShowBlock));
        registry.Add(NodeInspection.Command(
            "ledger",
            "account",
            "one account's balance and business since genesis",
            [Positional("account", "the account's name")],
            ShowAccount));
        registry.Add(NodeInspection.Command("market", "books", "all order books", [], ShowBooks));
        registry.Add(NodeInspection.Command(
            "market", "book", "the resting orders of one book", [Positional("book", "the book's name")], ShowBook));
        registry.Add(NodeInspection.Command(
            "market",
            "epoch",
            "how the books cleared in one epoch",
            [
                new AdminArgument("epoch", AdminArgumentKind.Number, "its number; the last closed one if absent")
                {
                    Positional = true,
                },
            ],
            ShowEpoch));
    }

    private static AdminArgument Positional(string name, string description) =>
        new(name, AdminArgumentKind.Text, description) { Positional = true, Required = true };

    private async Task<AdminTable> ShowBlock(AdminRequest request)
    {
        ChainHead head = await Inspect((_, head) => head).ConfigureAwait(false);
        long height = request.Number("height") ?? head.Height.Value;
        if (height < 1 || height > head.Height.Value)
        {
            return AdminTable.Refuse(
                head.Height.Value == 0
                    ? "there is no block yet"
                    : $"there is no block {height}; the chain has blocks 1 to {head.Height}");
        }

        foreach (JournalRecord record in journal.Read(PersistenceIds.Blocks, height, height))
        {
            return BlockTable(record, head.Validators);
        }

        return AdminTable.Refuse($"block {height} is not in the journal");
    }

    private AdminTable BlockTable(JournalRecord record, ValidatorSet set)
    {
        BorshReader reader = new(record.Payload);
        reader.Version(DecidedBlock.Version);
        if (Decision.Decode(ref reader) is not { } decision)
        {
            return AdminTable.Refuse($"block {record.SequenceNumber} cannot be read: {reader.Error}");
        }

        BlockHeader header = decision.Block.Header;
        return new AdminTable(
            [
                new("height", AdminColumnKind.Number), new("hash"), new("time", AdminColumnKind.TimeMicros),
                new("proposer"), new("batches", AdminColumnKind.Number), new("view", AdminColumnKind.Number),
                new("signatures", AdminColumnKind.Number), new("bytes", AdminColumnKind.Bytes),
                new("parent", Wide: true), new("batches-root", Wide: true),
            ],
            [
                [
                    header.Height.Value, decision.Block.Hash.ToString(), header.Time.Micros,
                    NameOf(header.Proposer, set),
                    header.BatchCount, ViewOf(decision), decision.Certificate.Signatures,
                    record.Payload.Length, header.Parent.ToString(), header.BatchesRoot.ToString(),
                ],
            ]);
    }

    /// <summary>Its key when it is in the set no more, nor was in the first one.</summary>
    private string NameOf(PublicKey proposer, ValidatorSet set) =>
        set.IndexOf(proposer) is { } index ? set[index].Name.ToString()
        : genesis.Validators.IndexOf(proposer) is { } first ? genesis.Validators[first].Name.ToString()
        : proposer.ToString();

    /// <summary>The view or round that decided; 0 where there is none.</summary>
    private static long ViewOf(Decision decision) =>
        decision.Certificate is CommitCertificate commit ? commit.View.Value : 0;

    private async Task<AdminTable> ShowAccount(AdminRequest request)
    {
        string name = request.Text("account")!;
        if (!AccountId.TryParse(name, out AccountId account))
        {
            return AdminTable.Refuse($"'{name}' is not an account name; use 1 to 32 letters, digits, '.', '_' or '-'");
        }

        return await Inspect((state, _) => AccountTable(state, account)).ConfigureAwait(false);
    }

    private static AdminTable AccountTable(LedgerState state, AccountId account)
    {
        if (!state.Users.TryGet(account, out User user))
        {
            return AdminTable.Refuse($"there is no account {account}");
        }

        Balance balance = state.Balances.GetOrDefault(account);
        Statement statement = state.Statements.GetOrDefault(account);
        return new AdminTable(
            [
                new("account"), new("kind"), new("money-micro", AdminColumnKind.Number),
                new("money-held-micro", AdminColumnKind.Number), new("tokens", AdminColumnKind.Number),
                new("tokens-held", AdminColumnKind.Number), new("consumption-wh", AdminColumnKind.Number),
                new("generation-wh", AdminColumnKind.Number), new("bought-wh", AdminColumnKind.Number),
                new("sold-wh", AdminColumnKind.Number), new("bill-micro", AdminColumnKind.Number),
                new("losses-micro-wh", AdminColumnKind.Number), new("paid-for-losses-micro", AdminColumnKind.Number),
                new("without-market-micro", AdminColumnKind.Number), new("roles", Wide: true), new("key", Wide: true),
            ],
            [
                [
                    account.ToString(), user.Kind.ToString(), balance.Money.Micro, balance.MoneyHeld.Micro,
                    balance.Tokens.Units, balance.TokensHeld.Units, statement.Consumption.Wh, statement.Generation.Wh,
                    statement.BoughtLocally.Wh, statement.SoldLocally.Wh, statement.Bill.Micro,
                    statement.Losses.Units, statement.PaidForLosses.Micro,
                    statement.WithoutMarket.Micro, user.Roles.ToString(), user.Key.ToString(),
                ],
            ]);
    }

    private Task<AdminTable> ShowBooks(AdminRequest request) => Inspect((state, _) =>
    {
        List<IReadOnlyList<AdminCell>> rows = [];
        foreach (BookId book in state.Books.Keys)
        {
            EpochIndex last = new(state.Totals.OpenEpoch.Value - 1);
            bool cleared = state.EpochResults.TryGet(new BookEpoch(book, last), out EpochResult result);
            rows.Add([
                book.ToString(), Word(state.BookParameters[book].Mechanism), state.Books[book],
                cleared ? result.Price?.MicroPerKwh : (long?)null, cleared ? result.Volume.Wh : (long?)null,
            ]);
        }

        return new AdminTable(
            [
                new("book"), new("mechanism"), new("resting-orders", AdminColumnKind.Number),
                new("last-price-micro-per-kwh", AdminColumnKind.Number), new("last-volume-wh", AdminColumnKind.Number),
            ],
            rows);
    });

    private async Task<AdminTable> ShowBook(AdminRequest request)
    {
        string name = request.Text("book")!;
        if (!BookId.TryParse(name, out BookId book))
        {
            return AdminTable.Refuse($"'{name}' is not a book name; 'market books' lists them");
        }

        return await Inspect((state, _) => BookTable(state, book)).ConfigureAwait(false);
    }

    private static AdminTable BookTable(LedgerState state, BookId book)
    {
        if (!state.Books.Contains(book))
        {
            return AdminTable.Refuse($"there is no book {book}; 'market books' lists them");
        }

        List<(OrderId Id, OpenOrder Order)> orders = [];
        foreach (OrderId id in state.Orders.Keys)
        {
            if (state.Orders[id].Book == book)
            {
                orders.Add((id, state.Orders[id]));
            }
        }

        orders.Sort(static (left, right) => Priority(left).CompareTo(Priority(right)));
        List<IReadOnlyList<AdminCell>> rows = [];
        foreach ((OrderId id, OpenOrder order) in orders)
        {
            rows.Add([
                order.Side == Side.Buy ? "bid" : "ask", id.Value, order.Owner.ToString(), order.Limit.MicroPerKwh,
                order.BookPrice.MicroPerKwh, order.Remaining.Wh, order.TimeInForce.ToString(),
            ]);
        }

        return new AdminTable(
            [
                new("side"), new("order", AdminColumnKind.Number), new("account"),
                new("limit-micro-per-kwh", AdminColumnKind.Number),
                new("book-price-micro-per-kwh", AdminColumnKind.Number),
                new("open-wh", AdminColumnKind.Number), new("time-in-force", Wide: true),
            ],
            rows);
    }

    /// <summary>Asks from the dearest down to the touch, then bids from the touch down; older orders first.</summary>
    private static (int Side, long Price, long Id) Priority((OrderId Id, OpenOrder Order) entry) =>
        (entry.Order.Side == Side.Sell ? 0 : 1, -entry.Order.BookPrice.MicroPerKwh, entry.Order.Priority);

    private static string Word(BookMechanism mechanism) => mechanism switch
    {
        BookMechanism.Continuous => "continuous",
        BookMechanism.CallAuction => "call-auction",
        _ => "pay-as-bid-auction",
    };

    private Task<AdminTable> ShowEpoch(AdminRequest request) => Inspect((state, _) =>
    {
        long open = state.Totals.OpenEpoch.Value;
        long epoch = request.Number("epoch") ?? open - 1;
        if (epoch < 0 || epoch >= open)
        {
            return AdminTable.Refuse(
                open == 0 ? "no epoch is closed yet" : $"epoch {epoch} is not closed; epochs 0 to {open - 1} are");
        }

        List<IReadOnlyList<AdminCell>> rows = [];
        foreach (BookId book in state.Books.Keys)
        {
            if (state.EpochResults.TryGet(new BookEpoch(book, new EpochIndex(epoch)), out EpochResult result))
            {
                rows.Add([
                    epoch, state.Parameters.StartOf(new EpochIndex(epoch)).Micros, book.ToString(),
                    result.Price?.MicroPerKwh, result.Volume.Wh, result.Trades, result.Orders, result.ClosedAt.Value,
                ]);
            }
        }

        return new AdminTable(
            [
                new("epoch", AdminColumnKind.Number), new("start", AdminColumnKind.TimeMicros), new("book"),
                new("price-micro-per-kwh", AdminColumnKind.Number), new("volume-wh", AdminColumnKind.Number),
                new("trades", AdminColumnKind.Number), new("orders", AdminColumnKind.Number),
                new("height", AdminColumnKind.Number),
            ],
            rows);
    });

    private Task<T> Inspect<T>(Func<LedgerState, ChainHead, T> question)
        where T : class =>
        system.Ask<T>(
            actors.Ledger, new LedgerMessage.Inspect((state, head) => question(state, head)), HostLimits.AskTimeout);
}
