using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>What is to be done with a link now.</summary>
/// <param name="Action">What.</param>
/// <param name="Time">For how long; zero for nothing.</param>
public readonly record struct LinkVerdict(LinkAction Action, Duration Time);
