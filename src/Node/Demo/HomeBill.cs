using EnergyNode.Ledger;

namespace EnergyNode.Node.Demo;

/// <summary>What a home did in the market.</summary>
internal sealed record HomeBill(AccountId Account, Statement Statement);
