namespace EnergyNode.Ledger;

/// <content>Tables of the governance.</content>
public sealed partial class LedgerState
{
    private readonly Table<byte, GovernanceStatus> _governance =
        new(StateTables.Governance, static (_, _) => { }, static (value, writer) => value.Encode(writer));

    /// <summary>What is neither decided nor ended.</summary>
    public Table<ProposalId, Proposal> Proposals { get; } =
        new(
            StateTables.Proposals,
            static (key, writer) => writer.I64(key.Value),
            static (value, writer) => value.Encode(writer));

    /// <summary>Books that take no orders at present.</summary>
    public Table<BookId, bool> PausedBooks { get; } =
        new(
            StateTables.PausedBooks,
            static (key, writer) => writer.BookId(key),
            static (value, writer) => writer.Bool(value));

    /// <summary>The audit trail: what was decided, by number from 1.</summary>
    public Table<long, GovernanceDecision> Decisions { get; } =
        new(
            StateTables.Decisions,
            static (key, writer) => writer.I64(key),
            static (value, writer) => value.Encode(writer));

    /// <summary>Earlier calendars, by the first epoch to which each no longer applies.</summary>
    public Table<EpochIndex, EpochCalendar> PastCalendars { get; } =
        new(
            StateTables.PastCalendars,
            static (key, writer) => writer.I64(key.Value),
            static (value, writer) => value.Encode(writer));

    public GovernanceStatus Governance
    {
        get => _governance.GetOrDefault(0);
        internal set => _governance.Set(0, value);
    }

    /// <summary>Whether a book takes no orders at present, by itself or with the whole market.</summary>
    public bool IsPaused(BookId book) => Governance.IsMarketPaused || PausedBooks.Contains(book);

    /// <summary>The end of any epoch, by the calendar that was in force then.</summary>
    public Instant EndOf(EpochIndex epoch)
    {
        EpochCalendar calendar = CalendarOf(epoch);
        return (Parameters with { FirstEpoch = calendar.First, EpochLength = calendar.Length }).EndOf(epoch);
    }

    /// <summary>How long an epoch was, or will be by the present calendar.</summary>
    public Duration LengthOf(EpochIndex epoch) => CalendarOf(epoch).Length;

    private EpochCalendar CalendarOf(EpochIndex epoch)
    {
        // GOV-8
        foreach (EpochIndex until in PastCalendars.Count == 0 ? [] : PastCalendars.Keys)
        {
            if (epoch.Value < until.Value)
            {
                return PastCalendars[until];
            }
        }

        return new EpochCalendar(Parameters.FirstEpoch, Parameters.EpochLength);
    }
}
