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

    public const byte Zones = 25;
    public const byte Feeders = 26;
    public const byte MeterSites = 27;
    public const byte Assets = 28;
    public const byte StakingParameters = 41;
    public const byte StakedValidators = 42;
    public const byte Unbondings = 43;
    public const byte Slashes = 44;
    public const byte ValidatorSets = 45;
    public const byte ValidatorSchedule = 46;
    public const byte ValidatorsByOperator = 47;
}
