namespace EnergyNode.Ledger;

/// <summary>The first byte of every key of the state map: which table the leaf belongs to. Never reused.</summary>
public static class StateTables
{
    public const byte Parameters = 1;
    public const byte Totals = 2;
    public const byte Users = 3;
    public const byte AccountsByKey = 4;
    public const byte Balances = 5;
    public const byte Statements = 6;
    public const byte Meters = 7;
    public const byte Agents = 8;
    public const byte Nonces = 9;
    public const byte Books = 10;
    public const byte Orders = 11;
    public const byte EpochResults = 12;
    public const byte OrderCounts = 13;
    public const byte BookParameters = 20;
    public const byte BookChanges = 21;
    public const byte BookExpiries = 22;
    public const byte Positions = 23;
    public const byte Clearings = 24;

    public const byte Zones = 25;
    public const byte Feeders = 26;
    public const byte MeterSites = 27;
    public const byte Assets = 28;
    public const byte Allowances = 29;
    public const byte SpendingPolicies = 30;
    public const byte LockedTransfers = 31;
    public const byte LastTransfer = 32;
    public const byte RevokedKeys = 33;
    public const byte Circles = 34;
    public const byte Operations = 35;
    public const byte Recoveries = 36;

    public const byte Offences = 40;
    public const byte StakingParameters = 41;
    public const byte StakedValidators = 42;
    public const byte Unbondings = 43;
    public const byte Slashes = 44;
    public const byte ValidatorSets = 45;
    public const byte ValidatorSchedule = 46;
    public const byte ValidatorsByOperator = 47;

    public const byte Governance = 50;
    public const byte Proposals = 51;
    public const byte PausedBooks = 52;
    public const byte Decisions = 53;
    public const byte PastCalendars = 54;

    public const byte Generation = 55;
    public const byte RecBundles = 56;
    public const byte RecTotals = 57;
    public const byte RecHoldings = 58;

    public const byte DistanceFees = 60;
    public const byte GridPlaces = 61;
    public const byte Lines = 62;
    public const byte LineFlows = 63;
    public const byte Couplings = 64;
    public const byte SettledPrices = 65;
    public const byte SettledMeters = 66;
    public const byte SettledAccounts = 67;
    public const byte DeviationPrices = 68;
    public const byte CorrectionSums = 69;
    public const byte OracleTerms = 70;
    public const byte OracleAccounts = 71;
    public const byte LossFactors = 72;
    public const byte OpenLosses = 73;
}
