using System.Numerics;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Tests.Execution.Naive;

/// <summary>An account of the naive market. Holds are not kept: they follow from the open orders.</summary>
internal sealed class NaiveAccount(Role roles)
{
    public Role Roles => roles;

    public BigInteger Money { get; set; }

    public BigInteger Tokens { get; set; }

    /// <summary>The statement's numbers in the order of its encoding.</summary>
    public BigInteger[] Statement { get; private set; } = new BigInteger[16];

    public NaiveAccount Copy() =>
        new(roles) { Money = Money, Tokens = Tokens, Statement = (BigInteger[])Statement.Clone() };
}
