using EnergyNode.Ledger;

namespace EnergyNode.Node.Network;

/// <summary>A report for the log and the sentinel: a connection did not become a link.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Address">The other end's address as seen here.</param>
/// <param name="Key">The other side's key, only if it proved to hold it; a claimed key is nobody's fault.</param>
/// <param name="Dialled">True if this side dialled.</param>
/// <param name="Detail">One line for people.</param>
public sealed record ConnectionRefused(
    RefusalReason Reason, string Address, PublicKey? Key, bool Dialled, string Detail);
