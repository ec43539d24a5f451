using EnergyNode.Ledger;

namespace EnergyNode.Node.Setup;

/// <summary>Where one validator of a created network is.</summary>
/// <param name="Name">As in the validator set: validator-1 …</param>
/// <param name="Directory">Its files; the node stores its data in <c>data</c> below it.</param>
/// <param name="ConfigurationFile">For <c>energynode start --config</c>.</param>
/// <param name="PeerPort">On 127.0.0.1.</param>
/// <param name="AdminPort">For pbm, on 127.0.0.1; 0 for any free one.</param>
public sealed record CreatedValidator(
    string Name, string Directory, string ConfigurationFile, PublicKey Key, int PeerPort, int AdminPort);
