namespace EnergyNode.Actors.Node;

/// <summary>To the peers actor; answered with a list of <see cref="PeerStatus"/>, validators first.</summary>
public sealed record AskPeers;
