using System.Collections.Generic;

namespace EnergyNode.Ledger;

/// <summary>
/// What every node of a chain starts from. Its hash is the parent of block 1 and names the chain's history.
/// </summary>
public sealed record GenesisBlock(
    ChainId Chain,
    ConsensusProtocol Consensus,
    Instant Time,
    ValidatorSet Validators,
    MarketParameters Market,
    IReadOnlyList<GenesisBook> Books,
    IReadOnlyList<GenesisAccount> Accounts,
    IReadOnlyList<Command.AssignMeter> Meters,
    IReadOnlyList<AgentGrant> Agents)
{
    public const ushort Version = 1;

    /// <summary>What measured best on a local cluster (docs/PERFORMANCE.md).</summary>
    public const int DefaultConsensusWindow = 4;

    private const string Domain = "energynode/genesis/1";

    /// <summary>
    /// Heights that PBFT may have in flight, 1 … <see cref="Limits.MaxConsensusWindow"/>; other protocols decide one
    /// at a time.
    /// </summary>
    public int ConsensusWindow { get; init; } = DefaultConsensusWindow;

    /// <summary>When changes of the validator set take effect.</summary>
    public SetTiming SetTiming { get; init; } = SetTiming.Default;

    /// <summary>Null on a closed chain: validators do not come and go by stake.</summary>
    public StakingParameters? Staking { get; init; }

    /// <summary>One for each validator in their order; empty on a closed chain.</summary>
    public IReadOnlyList<GenesisStake> Stakes { get; init; } = [];

    /// <summary>There under <see cref="ConsensusProtocol.Pow"/>, and only there.</summary>
    public WorkParameters? Work { get; init; }

    /// <summary>By which height 1 is decided.</summary>
    public ConsensusRules Rules => new(Consensus, Work);

    /// <summary>How the governance decides at first.</summary>
    public GovernanceTerms Governance { get; init; } = GovernanceTerms.Default;

    /// <summary>The zones of the network, parents before children; empty where zones do not trade together.</summary>
    public IReadOnlyList<GenesisLine> Lines { get; init; } = [];

    /// <summary>What is lost on the way of traded energy; zero where nothing is.</summary>
    public LossFactors Losses { get; init; }

    /// <summary>SHA-256 over the domain and the encoding.</summary>
    public Hash32 ComputeHash()
    {
        BorshWriter writer = new(4096);
        writer.Ascii(Domain);
        Encode(writer);
        return Hash32.Of(writer.WrittenSpan);
    }

    public void Encode(BorshWriter writer)
    {
        writer.Version(Version);
        writer.ChainId(Chain);
        writer.U8((byte)Consensus);
        writer.U8((byte)ConsensusWindow);
        Work?.Encode(writer);
        writer.I64(Time.Micros);
        Validators.Encode(writer);
        Market.Encode(writer);
        writer.Count(Books.Count);
        foreach (GenesisBook book in Books)
        {
            writer.BookId(book.Book);
            book.Parameters.Encode(writer);
        }

        writer.Count(Accounts.Count);
        foreach (GenesisAccount account in Accounts)
        {
            writer.AccountId(account.Account);
            writer.U8((byte)account.Kind);
            writer.U8((byte)account.Roles);
            writer.PublicKey(account.Key);
            writer.I64(account.Deposit.Micro);
        }

        writer.Count(Meters.Count);
        foreach (Command.AssignMeter meter in Meters)
        {
            CommandCodec.Encode(meter, writer);
        }

        writer.Count(Agents.Count);
        foreach (AgentGrant grant in Agents)
        {
            writer.AccountId(grant.Account);
            writer.AccountId(grant.Agent);
        }

        Governance.Encode(writer);
        EncodeStaking(writer);
        writer.Count(Lines.Count);
        foreach (GenesisLine line in Lines)
        {
            writer.Label(line.Zone.Name);
            line.Line.Encode(writer);
        }

        Losses.Encode(writer);
    }

    /// <summary>Builds the state of height 0.</summary>
    /// <param name="problem">What contradicts itself, for people; null when the state is returned.</param>
    /// <param name="shared">Where many ledgers of one process hash the same; null where each hashes for itself.</param>
    public LedgerState? BuildState(out string? problem, SharedHashes? shared = null)
    {
        problem = CheckParameters();
        if (problem is not null)
        {
            return null;
        }

        LedgerState state = new(shared) { Parameters = Market };
        RegistryRules registry = new(state);
        problem = AddAccounts(state, registry) ?? AddMetersAndAgents(state, registry)
            ?? AddLines(state) ?? AddBooks(state)
            ?? AddGovernance(state) ?? new ValidatorRules(state, new Postings(state)).Found(this);
        if (problem is not null)
        {
            return null;
        }

        state.CommitRoot();
        return state;
    }

    private void EncodeStaking(BorshWriter writer)
    {
        SetTiming.Encode(writer);
        writer.Option(Staking is not null);
        Staking?.Encode(writer);
        writer.Count(Stakes.Count);
        foreach (GenesisStake stake in Stakes)
        {
            writer.PublicKey(stake.Validator);
            writer.AccountId(stake.Operator);
            writer.I64(stake.Stake.Micro);
        }
    }

    private string? CheckParameters()
    {
        if (ConsensusWindow is < 1 or > Limits.MaxConsensusWindow)
        {
            return $"the consensus window must be between 1 and {Limits.MaxConsensusWindow} heights";
        }

        if (Market.EpochLength.Micros < Instant.MicrosPerSecond || Market.EpochLength.Micros > Limits.MaxEpochMicros)
        {
            return "the epoch length must be between one second and one day";
        }

        if (Market.FirstEpoch.Micros is < 0 or > Limits.MaxFirstEpochMicros)
        {
            return $"epoch 0 must start between 0 and {Limits.MaxFirstEpochMicros} µs after 1970";
        }

        if (Market.Grace.Micros < 0 || Market.Grace.Micros >= Market.EpochLength.Micros)
        {
            return "the grace period must not be negative and must be shorter than an epoch";
        }

        foreach (Price price in (Price[])[Market.GridFee, Market.Retail, Market.FeedIn])
        {
            if (price.MicroPerKwh is < 0 or > Limits.MaxPriceMicroPerKwh)
            {
                return $"a price must be between 0 and {Limits.MaxPriceMicroPerKwh} micro-units per kWh";
            }
        }

        return Rules.Problem();
    }

    private string? AddAccounts(LedgerState state, RegistryRules registry)
    {
        Postings postings = new(state);
        foreach (GenesisAccount account in Accounts)
        {
            LedgerError refusal = registry.AddUser(
                account.Account, new User(account.Kind, account.Roles, account.Key));
            if (refusal == LedgerError.None && account.Deposit.Micro is < 0 or > Limits.MaxMoneyMicro)
            {
                refusal = LedgerError.InvalidAmount;
            }

            if (refusal == LedgerError.None && account.Deposit.Micro > 0)
            {
                refusal = postings.Deposit(account.Account, account.Deposit);
            }

            if (refusal != LedgerError.None)
            {
                return $"account {account.Account}: {refusal}";
            }
        }

        return !state.Users.Contains(Market.Utility) ? $"the utility {Market.Utility} is not among the accounts"
            : !state.Users.Contains(Market.GridOperator)
                ? $"the grid operator {Market.GridOperator} is not among the accounts"
                : null;
    }

    private string? AddMetersAndAgents(LedgerState state, RegistryRules registry)
    {
        foreach (Command.AssignMeter meter in Meters)
        {
            if (meter.ImportRatingW is < 1 or > Limits.MaxRatingW || meter.ExportRatingW is < 1 or > Limits.MaxRatingW)
            {
                return $"meter {meter.Meter}: a rating must be between 1 and {Limits.MaxRatingW} W";
            }

            LedgerError refusal = registry.AddMeter(meter);
            if (refusal != LedgerError.None)
            {
                return $"meter {meter.Meter}: {refusal}";
            }
        }

        foreach (AgentGrant grant in Agents)
        {
            if (!state.Users.Contains(grant.Account) || !state.Users.Contains(grant.Agent))
            {
                return $"agent {grant.Agent} for {grant.Account}: {LedgerError.UserNotFound}";
            }

            registry.SetAgent(grant, true);
        }

        return null;
    }

    /// <summary>A chain without holders of the role has the terms of one, and nobody to decide.</summary>
    private string? AddGovernance(LedgerState state)
    {
        int holders = new Offices(state).Count(Role.Governance);
        if (Governance.Check(System.Math.Max(1, holders)) != LedgerError.None)
        {
            return "the governance needs a threshold of 1 to the number of accounts with that role, here "
                + $"{holders}, and a least lock of 0 to 30 days";
        }

        state.Governance = new GovernanceStatus(
            Governance, default, 0, false, ProtocolVersion.First, Height.Genesis);
        return null;
    }

    private string? AddLines(LedgerState state)
    {
        if (LossRules.Check(Losses) != LedgerError.None)
        {
            return "loss factors must be 0 to "
                + $"{Limits.MaxLossPpm} ppm, on one feeder not above in one zone, and there not above across zones";
        }

        if (Losses != default)
        {
            state.LossFactors = Losses;
        }

        NetworkRules network = new(state);
        foreach (GenesisLine line in Lines)
        {
            LedgerError refusal = network.Found(line);
            if (refusal != LedgerError.None)
            {
                return $"line of zone {line.Zone}: {refusal}";
            }
        }

        return null;
    }

    private string? AddBooks(LedgerState state)
    {
        BookRules rules = new(state);
        foreach (GenesisBook book in Books)
        {
            if (state.Books.Contains(book.Book))
            {
                return $"book {book.Book} is named twice";
            }

            if (BookRules.Problem(book.Parameters, state.Totals.OpenEpoch) is { } problem)
            {
                return $"book {book.Book}: {problem}";
            }

            if (!new NetworkRules(state).Permits(book.Parameters))
            {
                return $"book {book.Book}: {LedgerError.BookCannotCouple}; make it a callAuction, or take zone "
                    + $"{book.Parameters.Zone} out of the lines";
            }

            rules.Add(book.Book, book.Parameters);
        }

        return Books.Count is > 0 and <= Limits.MaxBooks ? null : $"there must be 1 to {Limits.MaxBooks} books";
    }
}
