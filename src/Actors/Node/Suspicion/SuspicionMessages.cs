using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>Published when a batch has waited through too many proposals of one proposer with room for it.</summary>
public sealed record BatchPassedOver(PublicKey Proposer, Hash32 Batch);

/// <summary>Published when it changes whom to ask first.</summary>
/// <param name="Peers">The other validators, the least suspected first.</param>
/// <param name="Trusted">So many of them are not suspected at all.</param>
public sealed record PeerPreference(IReadOnlyList<PublicKey> Peers, int Trusted);

/// <summary>Asks for suspicions; answered with <see cref="SuspicionReport"/>.</summary>
public sealed record AskSuspicion;

/// <summary>What makes one validator suspicious. Never a proof, and never a reason to punish.</summary>
/// <param name="Points">The sum of the points of what is suspicious; 0 is trusted.</param>
/// <param name="Phi">How surprising its silence is.</param>
/// <param name="Silent">Phi is above the threshold.</param>
/// <param name="MissedPermille">Of the votes of the last heights.</param>
/// <param name="Late">Behind the median of the others.</param>
/// <param name="Skew">Its proposals' times less the own clock; negative is behind.</param>
/// <param name="PassedOver">Batches left out again and again, half of them forgotten each minute.</param>
/// <param name="UnseenClaims">Claims of preparations that this node did not see, forgotten alike.</param>
public sealed record PeerSuspicion(
    Validator Validator,
    int Points,
    bool Connected,
    double Phi,
    bool Silent,
    int MissedPermille,
    Duration Late,
    Duration Skew,
    int PassedOver,
    int UnseenClaims);

/// <summary>The other validators in the order of their set, and conspicuous addresses, the worst first.</summary>
/// <param name="Addresses">Links and refused strangers by address.</param>
public sealed record SuspicionReport(
    IReadOnlyList<PeerSuspicion> Peers, IReadOnlyList<(string Address, int Links, int Refused)> Addresses);
