using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Setup;

/// <summary>What <see cref="NetworkInitializer"/> made.</summary>
/// <param name="Directory">As the plan names it.</param>
public sealed record CreatedNetwork(string Directory, GenesisBlock Genesis, IReadOnlyList<CreatedValidator> Validators);
