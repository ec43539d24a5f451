using EnergyNode.Actors.Clients;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>A connected client asks something.</summary>
public sealed record ClientQuestion(PublicKey Client, ClientQuery Query);
