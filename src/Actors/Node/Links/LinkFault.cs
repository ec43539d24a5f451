using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>Published by whoever decodes a frame and finds that an honest peer would not have sent it.</summary>
/// <param name="Peer">Who brought the frame; never who is named in it.</param>
public sealed record LinkFault(PublicKey Peer, LinkOffence Offence);
