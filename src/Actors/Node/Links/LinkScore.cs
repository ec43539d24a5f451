using System.Collections.Generic;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>One peer's account, for status commands.</summary>
/// <param name="Points">Now; the link is cut at <see cref="LinkLimits.RefuseAt"/>.</param>
/// <param name="Refusals">How often it was cut, less what is forgotten.</param>
/// <param name="RefusedUntil">Null when it may connect.</param>
/// <param name="Offences">Since the node started, by <see cref="LinkOffence"/>.</param>
public sealed record LinkScore(
    PublicKey Peer, int Points, int Refusals, Instant? RefusedUntil, IReadOnlyList<long> Offences);
