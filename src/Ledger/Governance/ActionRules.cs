using System;

namespace EnergyNode.Ledger;

/// <summary>
/// What each action of the governance needs and does; there are no others (GOV-12). Checked when it is proposed and
/// again when it takes effect.
/// </summary>
/// <param name="height">Of the block that is executed.</param>
/// <param name="now">Its time.</param>
public sealed class ActionRules(LedgerState state, Height height, Instant now)
{
    private readonly ValidatorActions _validators = new(state, height, now);
    private readonly BookRules _books = new(state);
    private readonly NetworkRules _network = new(state);
    private readonly Offices _offices = new(state);

    /// <summary>Why the action cannot be taken now; the error with the lowest number.</summary>
    public LedgerError Check(GovernanceAction action) => action switch
    {
        GovernanceAction.SetPrice a =>
            a.Value.MicroPerKwh is < 0 or > Limits.MaxPriceMicroPerKwh ? LedgerError.InvalidPrice : LedgerError.None,
        GovernanceAction.SetGrace a => IsCalendar(state.Parameters.EpochLength, a.Grace),
        GovernanceAction.SetEpochLength a => IsCalendar(a.Length, state.Parameters.Grace),
        GovernanceAction.SetBook a => _books.Check(a.Book, a.Parameters),
        GovernanceAction.SetPause a =>
            a.Book is { } book && !state.Books.Contains(book) ? LedgerError.BookNotFound : LedgerError.None,
        GovernanceAction.SetRole a => CheckRole(a),
        GovernanceAction.SetTerms a => a.Terms.Check(_offices.Count(Role.Governance)),
        GovernanceAction.UpgradeProtocol a => CheckUpgrade(a),
        GovernanceAction.SetValidator a => _validators.Check(a),
        GovernanceAction.ChangeConsensus a => _validators.Check(a),
        GovernanceAction.SetLine a => _network.Check(a.Zone, a.Line),
        GovernanceAction.SetDistanceFees a => DistanceRules.CheckFees(state, a.SameFeeder, a.SameZone),
        GovernanceAction.SetDeviationPrices a => CorrectionRules.CheckPrices(a.Short, a.Long),
        GovernanceAction.SetOracleTerms a =>
            a.Terms.IsValid ? LedgerError.None : LedgerError.InvalidParameter,
        GovernanceAction.SetLossFactors a => LossRules.Check(a.Factors),
        _ => throw new InvalidOperationException($"No rule for {action.GetType().Name}."),
    };

    /// <summary>Takes an action that <see cref="Check"/> has passed, during the close of the open epoch.</summary>
    /// <returns>What was in force, as an action; null where nothing was.</returns>
    public GovernanceAction? Apply(GovernanceAction action)
    {
        MarketParameters market = state.Parameters;
        GovernanceStatus status = state.Governance;
        switch (action)
        {
            case GovernanceAction.SetPrice a:
                state.Parameters = With(market, a);
                return a with { Value = ValueOf(market, a.Price) };
            case GovernanceAction.SetGrace a:
                state.Parameters = market with { Grace = a.Grace };
                return a with { Grace = market.Grace };
            case GovernanceAction.SetEpochLength a:
                SetEpochLength(market, a.Length);
                return a with { Length = market.EpochLength };
            case GovernanceAction.SetBook a:
                bool existed = state.BookParameters.TryGet(a.Book, out BookParameters old);
                _books.Set(a.Book, a.Parameters);
                return existed ? a with { Parameters = old } : null;
            case GovernanceAction.SetPause a:
                return SetPause(a);
            case GovernanceAction.SetRole a:
                User user = state.Users[a.Account];
                state.Users.Set(
                    a.Account, user with { Roles = a.Given ? user.Roles | a.Role : user.Roles & ~a.Role });
                return a with { Given = (user.Roles & a.Role) != Role.None };
            case GovernanceAction.SetTerms a:
                state.Governance = status with { Terms = a.Terms };
                return a with { Terms = status.Terms };
            case GovernanceAction.UpgradeProtocol a:
                state.Governance = status with { ProtocolVersion = a.Version, UpgradeHeight = a.Height };
                return new GovernanceAction.UpgradeProtocol(status.ProtocolVersion, status.UpgradeHeight);
            case GovernanceAction.SetValidator a:
                return _validators.Apply(a);
            case GovernanceAction.ChangeConsensus a:
                return _validators.Apply(a);
            case GovernanceAction.SetLine a:
                bool coupled = state.Lines.TryGet(a.Zone, out GridLine line);
                _network.Set(a.Zone, a.Line);
                return coupled ? a with { Line = line } : null;
            case GovernanceAction.SetDistanceFees a:
                DistanceFees? fees = state.DistanceFees;
                state.DistanceFees = new DistanceFees(a.SameFeeder, a.SameZone);
                return fees is { } set ? new GovernanceAction.SetDistanceFees(set.SameFeeder, set.SameZone) : null;
            case GovernanceAction.SetDeviationPrices a:
                DeviationPrices prices = state.DeviationPrices;
                state.DeviationPrices = new DeviationPrices(a.Short, a.Long);
                return new GovernanceAction.SetDeviationPrices(prices.Short, prices.Long);
            case GovernanceAction.SetOracleTerms a:
                OracleTerms oracle = state.OracleTerms;
                state.OracleTerms = a.Terms;
                return a with { Terms = oracle };
            case GovernanceAction.SetLossFactors a:
                LossFactors losses = state.LossFactors;
                state.LossFactors = a.Factors;
                return a with { Factors = losses };
            default:
                throw new InvalidOperationException($"No rule for {action.GetType().Name}.");
        }
    }

    private static LedgerError IsCalendar(Duration length, Duration grace) =>
        length.Micros is >= Instant.MicrosPerSecond and <= Limits.MaxEpochMicros
        && grace.Micros >= 0 && grace.Micros < length.Micros
            ? LedgerError.None
            : LedgerError.InvalidParameter;

    private static Price ValueOf(MarketParameters market, MarketPrice price) => price switch
    {
        MarketPrice.GridFee => market.GridFee,
        MarketPrice.Retail => market.Retail,
        _ => market.FeedIn,
    };

    private static MarketParameters With(MarketParameters market, GovernanceAction.SetPrice action) =>
        action.Price switch
        {
            MarketPrice.GridFee => market with { GridFee = action.Value },
            MarketPrice.Retail => market with { Retail = action.Value },
            _ => market with { FeedIn = action.Value },
        };

    private LedgerError CheckRole(GovernanceAction.SetRole action)
    {
        if (!state.Users.TryGet(action.Account, out User user))
        {
            return LedgerError.UserNotFound;
        }

        return !action.Given && _offices.Needs(action.Account, action.Role) ? LedgerError.CannotRemoveLastAuthority
            : action.Given && user.Status == UserStatus.Inactive ? LedgerError.UserInactive
            : Roles.IsSingle(action.Role) ? LedgerError.None
            : LedgerError.InvalidRole;
    }

    private LedgerError CheckUpgrade(GovernanceAction.UpgradeProtocol action)
    {
        // GOV-9
        GovernanceStatus status = state.Governance;
        bool another = status.UpgradeHeight > height;
        return !another && action.Version > status.ProtocolVersion && action.Height > height
            ? LedgerError.None
            : LedgerError.InvalidUpgrade;
    }

    /// <summary>Epochs keep their numbers and the next one starts where the open one ends.</summary>
    private void SetEpochLength(MarketParameters market, Duration length)
    {
        // GOV-8
        EpochIndex next = state.Totals.OpenEpoch.Next;
        if (length != market.EpochLength)
        {
            state.PastCalendars.Set(next, new EpochCalendar(market.FirstEpoch, market.EpochLength));
            Instant start = market.StartOf(next);
            state.Parameters = market with
            {
                FirstEpoch = new Instant(start.Micros - (next.Value * length.Micros)),
                EpochLength = length,
            };
        }
    }

    private GovernanceAction.SetPause SetPause(GovernanceAction.SetPause action)
    {
        // GOV-7
        if (action.Book is not { } book)
        {
            GovernanceStatus status = state.Governance;
            state.Governance = status with { IsMarketPaused = action.Paused };
            return action with { Paused = status.IsMarketPaused };
        }

        bool was = state.PausedBooks.Contains(book);
        if (action.Paused)
        {
            state.PausedBooks.Set(book, true);
        }
        else
        {
            state.PausedBooks.Remove(book);
        }

        return action with { Paused = was };
    }
}
